import type { Verdict } from './call/outcome.js';
import { outcomeOfCall, SUCCESS } from './circuit/call-outcomes.js';
import type { Circuit } from './circuit/circuit.js';
import { closedCircuit, failuresIn, meetsPolicy, remember, withPolicy } from './circuit/closed.js';
import { type CircuitEvent, type OutcomeEvent, TRIAL_EVENTS } from './circuit/event.js';
import { type Admission, hasSay } from './circuit/fence.js';
import { holdsLease } from './circuit/half-open.js';
import { hasPlace } from './circuit/has-place.js';
import type { Rules } from './circuit/rules.js';
import { transition } from './circuit/transition.js';
import { type FaultReporter, openForMs } from './open-for.js';
import type { TripPolicy } from './policy/trip-policy.js';
import { DEFAULT_POLICY, type Settings } from './settings.js';

/** What every breaker of the default policy begins with: it is never changed in place. */
const FIRST_CIRCUIT = closedCircuit(0, DEFAULT_POLICY);

/** Leases are numbered through the process: an id need only be unique. */
let leasesMade = 0;

/**
 * The circuit of this process: holds it, and applies the rules to it.
 *
 * Where a policy or `resetTimeoutMs` of the user's throws, the default is used and the fault reported.
 */
export class OwnCircuit implements Rules {
  /** The circuit as it is now. */
  current: Circuit;
  settings: Settings;
  readonly #faults: FaultReporter;

  constructor(settings: Settings, faults: FaultReporter) {
    this.settings = settings;
    this.#faults = faults;
    this.current = firstCircuit(settings.policy);
  }

  get policy(): TripPolicy {
    return this.settings.policy;
  }

  get maxTrials(): number {
    return this.settings.maxTrials;
  }

  get successThreshold(): number {
    return this.settings.successThreshold;
  }

  openForMs(trips: number): number {
    const { resetTimeoutMs, random } = this.settings;
    return openForMs(resetTimeoutMs, trips, random, this.#faults);
  }

  /** Gives the circuit that the event led to. */
  apply(event: CircuitEvent, now: number): Circuit {
    const before = this.current;
    return this.#replace(
      before,
      this.#byRules((rules) => transition(before, event, now, rules)),
    );
  }

  /** Asks for a trial's place; gives the lease's id, or `undefined` where there is none. */
  requestTrial(now: number): string | undefined {
    if (!hasPlace(this.current, now)) return undefined;
    const id = String(++leasesMade);
    this.apply({ type: 'call', lease: { id, expiresAt: now + this.settings.trialTimeoutMs } }, now);
    return id;
  }

  /** Lets a trial's deadline run anew; gives the new one, or `undefined` where its place is gone. */
  renewTrial(id: string): number | undefined {
    const now = this.#now();
    const expiresAt = now + this.settings.trialTimeoutMs;
    this.apply({ type: 'trial-renewed', lease: { id, expiresAt } }, now);
    return this.#holds(id) ? expiresAt : undefined;
  }

  /** Gives a trial's place back before the trial has ended. */
  releaseTrial(leaseId: string): void {
    this.#endTrial(leaseId, 'ignore');
  }

  /**
   * The time as the policy needs it: 0 where it has no window, as a reading costs as much as a call.
   *
   * @param known - the time, where it has been read already; else `NaN`
   */
  policyTime(known = Number.NaN): number {
    if (this.policy.windowMs === undefined) return 0;
    return Number.isNaN(known) ? this.#now() : known;
  }

  /**
   * Takes in how a call went; gives the circuit that it led to, or `undefined` where it had no say any more.
   *
   * @param now - the policy's time, where it is known already
   */
  takeIn(admission: Admission, verdict: Verdict, isSlow: boolean, now = this.policyTime()): Circuit | undefined {
    if (!hasSay(this.current, admission)) return undefined;
    if (admission.leaseId !== undefined) return this.#endTrial(admission.leaseId, verdict);
    return verdict === 'ignore' ? this.current : this.#remember(outcomeOfCall(verdict, isSlow), now);
  }

  /** Takes in that a call succeeded in time, which cannot trip: the shortest way, for the hot path. */
  takeInSuccess(admission: Admission, now: number): void {
    const { current, policy } = this;
    if (current.state !== 'closed' || !hasSay(current, admission)) return;
    try {
      this.#replace(current, remember(current, SUCCESS.tally, now, policy));
    } catch (error) {
      this.#replace(current, this.#afterOutcome(current, SUCCESS, now, this.#safeRules(error)));
    }
  }

  /** Forgets all, in an epoch of its own: what calls of before come to counts for nothing. */
  startAnew(): void {
    const epoch = this.current.epoch + 1;
    this.current = this.#byRules(({ policy }) => closedCircuit(epoch, policy));
  }

  /** The failures that count towards the next trip. */
  failures(now: number): number {
    const { current } = this;
    return current.state === 'closed' ? this.#byRules(({ policy }) => failuresIn(current, now, policy)) : 0;
  }

  configure(settings: Settings): void {
    this.settings = settings;
    const { current } = this;
    if (current.state !== 'closed') return;
    this.#replace(
      current,
      this.#byRules(({ policy }) => withPolicy(current, policy)),
    );
  }

  /** Only a failed trial needs the time: the circuit opens anew. */
  #endTrial(leaseId: string, verdict: Verdict): Circuit {
    return this.apply({ type: TRIAL_EVENTS[verdict], leaseId }, verdict === 'failure' ? this.#now() : 0);
  }

  #remember(outcome: OutcomeEvent, now: number): Circuit {
    const before = this.current;
    try {
      return this.#replace(before, this.#afterOutcome(before, outcome, now, this));
    } catch (error) {
      return this.#replace(before, this.#afterOutcome(before, outcome, now, this.#safeRules(error)));
    }
  }

  /** Where a function of the user's ruled by hand while the rules asked it, its ruling stands. */
  #replace(before: Circuit, after: Circuit): Circuit {
    if (this.current !== before) return before;
    this.current = after;
    return after;
  }

  #afterOutcome(before: Circuit, outcome: OutcomeEvent, now: number, rules: Rules): Circuit {
    const { policy } = rules;
    const after = transition(before, outcome, now, rules);
    const mayTrip = outcome.tally.failures > 0 || outcome.tally.slow > 0;
    if (!mayTrip || after.state !== 'closed' || !meetsPolicy(after, now, policy)) return after;
    return transition(after, { type: 'trip' }, this.#now(), rules);
  }

  #byRules<T>(use: (rules: Rules) => T): T {
    try {
      return use(this);
    } catch (error) {
      return use(this.#safeRules(error));
    }
  }

  #safeRules(error: unknown): Rules {
    this.#faults.report(error, 'trip');
    const { maxTrials, successThreshold } = this;
    return { policy: DEFAULT_POLICY, maxTrials, successThreshold, openForMs: (trips) => this.openForMs(trips) };
  }

  #holds(leaseId: string): boolean {
    return this.current.state === 'half-open' && holdsLease(this.current, leaseId);
  }

  #now(): number {
    return this.settings.clock.now();
  }
}

function firstCircuit(policy: TripPolicy): Circuit {
  if (policy === DEFAULT_POLICY) return FIRST_CIRCUIT;
  try {
    return closedCircuit(0, policy);
  } catch {
    // The first outcome meets the fault again, when somebody can be told.
    return FIRST_CIRCUIT;
  }
}
