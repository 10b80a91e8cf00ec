import type { Verdict } from './call/outcome.js';
import { outcomeOfCall, SUCCESS } from './circuit/call-outcomes.js';
import type { Circuit } from './circuit/circuit.js';
import { type ClosedCircuit, closedCircuit, failuresIn, meetsPolicy, remember, withPolicy } from './circuit/closed.js';
import { type CircuitEvent, TRIAL_EVENTS } from './circuit/event.js';
import { type Admission, hasSay } from './circuit/fence.js';
import { hasPlace } from './circuit/has-place.js';
import { openAfterTrip } from './circuit/open.js';
import type { Rules } from './circuit/rules.js';
import { transition } from './circuit/transition.js';
import { type FaultReporter, openForMs } from './open-for.js';
import type { Tally, TripPolicy } from './policy/trip-policy.js';
import { firstCircuit, safeRules } from './safe-rules.js';
import type { Settings } from './settings.js';

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
    const { current } = this;
    return this.#become((rules) => transition(current, event, now, rules));
  }

  /** Asks for a trial's place; gives the lease's id, or `undefined` where there is none. */
  requestTrial(now: number): string | undefined {
    const { current } = this;
    const { trialTimeoutMs } = this.settings;
    // Who holds a lease is this process, and ends its trial by a timer: late where it is busy, and the place is not free before.
    const asOf = current.state === 'half-open' ? now - trialTimeoutMs : now;
    if (!hasPlace(current, asOf)) return undefined;
    const id = String(++leasesMade);
    this.apply({ type: 'call', lease: { id, expiresAt: now + trialTimeoutMs } }, asOf);
    return id;
  }

  /** Lets a trial's deadline run anew; gives the new one, or `undefined` where its place is gone. */
  renewTrial(id: string): number | undefined {
    const { current } = this;
    const now = this.#now();
    const expiresAt = now + this.settings.trialTimeoutMs;
    const after = this.apply({ type: 'trial-renewed', lease: { id, expiresAt } }, now);
    return after === current ? undefined : expiresAt;
  }

  /**
   * The time as the policy needs it: 0 where it has no window, as a reading costs as much as a call.
   *
   * @param known - the time, where it has been read already
   */
  policyTime(known?: number): number {
    return this.policy.windowMs === undefined ? 0 : (known ?? this.#now());
  }

  /**
   * Takes in how a call went; gives the circuit that it led to, or `undefined` where it had no say any more.
   *
   * @param now - the policy's time, where it is known already
   */
  takeIn(admission: Admission, verdict: Verdict, isSlow: boolean, now = this.policyTime()): Circuit | undefined {
    const { current } = this;
    const { leaseId } = admission;
    if (!hasSay(current, admission)) return undefined;
    // Only a failed trial needs the time: the circuit opens anew.
    if (leaseId !== undefined)
      return this.apply({ type: TRIAL_EVENTS[verdict], leaseId }, verdict === 'failure' ? this.#now() : 0);
    if (verdict === 'ignore' || current.state !== 'closed') return current;
    const { tally } = outcomeOfCall(verdict, isSlow);
    // Not by `become`: a function made for every call would cost a fifth of it.
    try {
      return this.#replace(current, this.#afterCall(current, tally, now, this));
    } catch (error) {
      return this.#replace(current, this.#afterCall(current, tally, now, this.#safeRules(error)));
    }
  }

  /** Takes in that a call succeeded in time, which cannot trip: the shortest way, for the hot path. */
  takeInSuccess(admission: Admission, now: number): void {
    const { current, policy } = this;
    if (current.state !== 'closed' || !hasSay(current, admission)) return;
    try {
      this.#replace(current, remember(current, SUCCESS.tally, now, policy));
    } catch (error) {
      this.#replace(current, this.#afterCall(current, SUCCESS.tally, now, this.#safeRules(error)));
    }
  }

  /** Forgets all, in an epoch of its own: what calls of before come to counts for nothing. */
  startAnew(): void {
    const { epoch } = this.current;
    this.#become(({ policy }) => closedCircuit(epoch + 1, policy));
  }

  /** The failures that count towards the next trip. */
  failures(now: number): number {
    const { current } = this;
    return current.state === 'closed' ? this.#byRules(({ policy }) => failuresIn(current, now, policy)) : 0;
  }

  configure(settings: Settings): void {
    this.settings = settings;
    const { current } = this;
    if (current.state === 'closed') this.#become(({ policy }) => withPolicy(current, policy));
  }

  #afterCall(circuit: ClosedCircuit, tally: Tally, now: number, rules: Rules): Circuit {
    const after = remember(circuit, tally, now, rules.policy);
    const mayTrip = tally.failures > 0 || tally.slow > 0;
    return mayTrip && meetsPolicy(after, now, rules.policy) ? openAfterTrip(after, this.#now(), rules) : after;
  }

  #become(next: (rules: Rules) => Circuit): Circuit {
    return this.#replace(this.current, this.#byRules(next));
  }

  /** Where a function of the user's ruled by hand while the rules asked it, its ruling stands. */
  #replace(before: Circuit, after: Circuit): Circuit {
    if (this.current !== before) return before;
    this.current = after;
    return after;
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
    return safeRules(this.settings, this.#faults);
  }

  #now(): number {
    return this.settings.clock.now();
  }
}
