import { CallAdmission } from './call/call-admission.js';
import type { CallContext } from './call/call-context.js';
import { Counts } from './call/counts.js';
import { judge } from './call/judge.js';
import type { Outcome, Verdict } from './call/outcome.js';
import type { Circuit } from './circuit/circuit.js';
import type { Ruling } from './circuit/event.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { CircuitOpenError } from './errors/circuit-open-error.js';
import { CircuitTrippedError } from './errors/circuit-tripped-error.js';
import { withoutStackTrace } from './errors/without-stack-trace.js';
import { Announcer, logFault } from './listener/announcer.js';
import type { Scope, StateChangeReason } from './listener/breaker-event.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import type { FaultReporter } from './open-for.js';
import { OwnCircuit } from './own-circuit.js';
import { PlainHandlers } from './plain-handlers.js';
import { rejectionOf } from './rejection.js';
import type { Settings } from './settings.js';

/** A call passes, or is rejected. */
export type Decision = CallAdmission | CircuitOpenError;

/** What an outcome did: nothing, as it came too late; it counted; it changed the circuit; or opened it. */
export type Effect = 'none' | 'counted' | 'changed' | 'opened';

/**
 * Where the circuit, the clock, the counts and the listeners of a breaker meet.
 *
 * A way in asks it to admit a call, runs the guarded function while nothing is held, and tells it how the call went.
 */
export class Shell implements FaultReporter {
  readonly counts = new Counts();
  readonly own: OwnCircuit;
  /** The context of the guarded function that is running at this moment, before its first `await`. */
  running: CallContext | undefined = undefined;
  #plainHandlers: PlainHandlers | undefined = undefined;
  protected announcer: Announcer | undefined = undefined;
  /** When somebody began to ask how long calls take: 0 for from the beginning, `undefined` while nobody does. */
  #timedSince: number | undefined = undefined;

  constructor(
    readonly breaker: CircuitBreaker,
    settings: Settings,
  ) {
    this.own = new OwnCircuit(settings, this);
    for (const listener of settings.listeners) this.#listen(listener);
    if (this.#mustTimeCalls) this.#timedSince = 0;
  }

  get name(): string {
    return this.breaker.name;
  }

  get settings(): Settings {
    return this.own.settings;
  }

  now(): number {
    return this.settings.clock.now();
  }

  /** Whether somebody asks how long calls take. */
  get timesCalls(): boolean {
    return this.#timedSince !== undefined;
  }

  /** The time where somebody asks how long calls take, else `NaN`: a reading of the clock costs as much as a call. */
  callTime(): number {
    return this.timesCalls ? this.now() : Number.NaN;
  }

  /** How long a call took; for one that began before anybody asked for times, how long ago somebody did. */
  durationMs(startedAt: number, endedAt: number): number {
    const since = Number.isNaN(startedAt) ? (this.#timedSince ?? Number.NaN) : startedAt;
    return Math.max(0, endedAt - since);
  }

  /** The circuit that the breaker shows: the one that decides. */
  get shown(): Circuit {
    return this.own.current;
  }

  /** Whose circuit that is. */
  get scope(): Scope {
    return 'process';
  }

  /** Whether a storage is out of reach. */
  get isDegraded(): boolean {
    return false;
  }

  /** Takes note that somebody looks at the breaker. */
  use(): void {}

  /** Asks the circuit whether a call may pass. */
  admit(): Decision {
    this.counts.calls++;
    return this.decide();
  }

  /** The same, for a call that can wait where a storage must be asked. */
  admitInTime(_signal: AbortSignal | undefined): Decision | Promise<Decision> {
    return this.admit();
  }

  protected decide(): Decision {
    const before = this.own.current;
    if (before.state === 'closed' || before.state === 'disabled') return this.admitted(this.admission(undefined));
    const now = this.now();
    const leaseId = this.own.requestTrial(now);
    if (leaseId === undefined) return this.rejected(now);
    this.announceChange(before, 'trial-due');
    return this.admitted(this.admission(leaseId));
  }

  /** What a call that passes now takes along. */
  admission(leaseId: string | undefined, startedAt = this.callTime()): CallAdmission {
    return new CallAdmission(this.own.current.epoch, leaseId, startedAt);
  }

  /** How long an admitted call may take; `undefined` where it may take for ever. */
  deadlineMs({ isTrial }: CallAdmission): number | undefined {
    const { timeoutMs, trialTimeoutMs } = this.settings;
    return timeoutMs ?? (isTrial ? trialTimeoutMs : undefined);
  }

  /** How long a trial may take, whatever calls are given. */
  trialDeadlineMs({ isTrial }: CallAdmission): number | undefined {
    return isTrial ? this.settings.trialTimeoutMs : undefined;
  }

  /** Counts a call that its caller had aborted before it was made. */
  ignoreUnmade(reason: unknown): void {
    this.counts.calls++;
    const admission = this.admission(undefined);
    this.settle(admission, 'ignore', { threw: true, error: reason, durationMs: 0 }, admission.startedAt);
  }

  judge(outcome: Outcome): Verdict {
    return judge(outcome, this.settings, (error, option) => this.report(error, option));
  }

  /**
   * Takes in how a call went; says whether the circuit opened with it.
   *
   * @param endedAt - the time, as `callTime` gave it: it serves all who ask for it
   */
  settle(admission: CallAdmission, verdict: Verdict, outcome: Outcome, endedAt: number): boolean {
    const { slowCallMs = Number.POSITIVE_INFINITY } = this.settings.policy;
    const isSlow = verdict !== 'ignore' && outcome.durationMs > slowCallMs;
    this.counts.add(verdict, isSlow);
    const before = this.shown;
    const effect = this.takeIn(admission, verdict, isSlow, this.own.policyTime(endedAt));
    this.announcer?.outcome(verdict, outcome, admission, effect === 'none', isSlow, endedAt);
    if (effect === 'changed' || effect === 'opened') this.announceChange(before, reasonOf(admission, this.shown));
    this.deliver();
    return effect === 'opened';
  }

  /** Lets the circuit have the outcome, and says what came of it. */
  protected takeIn(admission: CallAdmission, verdict: Verdict, isSlow: boolean, now: number): Effect {
    const before = this.own.current;
    const after = this.own.takeIn(admission, verdict, isSlow, now);
    if (after === undefined) return 'none';
    // Where a ruling of the user's came in between, it has been told already.
    if (after === before) return 'counted';
    return before.state !== 'open' && after.state === 'open' ? 'opened' : 'changed';
  }

  /** Lets the circuit have a success in time, which cannot trip: the shortest way, for the hot path. */
  takeInSuccess(admission: CallAdmission): void {
    this.own.takeInSuccess(admission, this.own.policyTime());
  }

  /** Lets a trial's deadline run anew; gives the new one, or `undefined` where its place is gone. */
  renewTrial({ leaseId }: CallAdmission): number | undefined {
    return leaseId === undefined ? undefined : this.own.renewTrial(leaseId);
  }

  /** Gives a trial's place back before the trial has ended. */
  releaseTrial({ leaseId }: CallAdmission): void {
    if (leaseId !== undefined) this.own.releaseTrial(leaseId);
  }

  /** What the caller of a call that threw gets. */
  errorOf(error: unknown, verdict: Verdict, hasOpened: boolean): unknown {
    if (!hasOpened || verdict !== 'failure' || !this.settings.throwNewErrorOnTrip) return error;
    return withoutStackTrace(() => new CircuitTrippedError(this.name, error));
  }

  /** How a call settles in this epoch that is no part of another, where nothing can interrupt it. */
  plainHandlers(): PlainHandlers | undefined {
    if (this.running !== undefined) return undefined;
    return this.#plainHandlers ?? this.#makePlainHandlers();
  }

  #makePlainHandlers(): PlainHandlers | undefined {
    if (this.canPassPlainly && this.settings.timeoutMs === undefined)
      this.#plainHandlers = new PlainHandlers(this, this.admission(undefined, Number.NaN));
    return this.#plainHandlers;
  }

  /** Takes in that a call passes plainly while somebody asks how long calls take; gives the time. */
  beginPlainly(admission: CallAdmission): number {
    this.counts.calls++;
    const startedAt = this.now();
    this.announcer?.beforeCall(admission, startedAt);
    this.deliver();
    return startedAt;
  }

  protected get canPassPlainly(): boolean {
    return this.own.current.state === 'closed';
  }

  protected dropPlainHandlers(): void {
    this.#plainHandlers = undefined;
  }

  async rule(ruling: Ruling): Promise<void> {
    const before = this.shown;
    if (this.own.apply(ruling, this.now()) !== before) this.announceChange(before, 'manual');
    this.deliver();
  }

  /** Settles when the circuit is known. */
  async ready(): Promise<void> {}

  /** Settles when every outcome so far is where it belongs. */
  async flush(): Promise<void> {}

  async dispose(): Promise<void> {}

  configure(settings: Settings): void {
    this.own.configure(settings);
    this.#askAnew();
    this.deliver();
  }

  addListener(listener: CircuitListener): void {
    this.#listen(listener);
    this.#askAnew();
  }

  removeListener(listener: CircuitListener): void {
    this.announcer?.remove(listener);
    this.#askAnew();
  }

  report(error: unknown, source: string): void {
    if (this.announcer === undefined) logFault(this.name, error, source);
    else this.announcer.fault(error, source, this.own.current.epoch);
  }

  /** Tells the listeners what waits for them. A call that a listener makes is one of its own, and joins no other. */
  deliver(): void {
    if (!this.announcer?.hasNews) return;
    const { running } = this;
    this.running = undefined;
    try {
      this.announcer.deliver();
    } finally {
      this.running = running;
    }
  }

  #listen(listener: CircuitListener): void {
    this.announcer ??= new Announcer(this.breaker, () => this.now());
    this.announcer.add(listener);
  }

  /** What is asked of calls may have changed. */
  #askAnew(): void {
    this.#plainHandlers = undefined;
    if (!this.#mustTimeCalls) this.#timedSince = undefined;
    else this.#timedSince ??= this.now();
  }

  get #mustTimeCalls(): boolean {
    return this.settings.timesCalls || this.announcer?.wantsCalls === true;
  }

  protected admitted(admission: CallAdmission): CallAdmission {
    this.announcer?.beforeCall(admission, admission.startedAt);
    this.deliver();
    return admission;
  }

  protected rejected(now: number, circuit = this.shown): CircuitOpenError {
    this.counts.rejected++;
    const error = rejectionOf(this.name, circuit, now, this.settings.rejectionStackTrace);
    this.announcer?.reject(error, circuit.epoch);
    this.deliver();
    return error;
  }

  /** Where this process changed its circuit: tells of what it shows now. */
  protected announceChange(before: Circuit, reason: StateChangeReason): void {
    const after = this.shown;
    if (after.epoch !== before.epoch) this.#plainHandlers = undefined;
    if (after.state === before.state) return;
    this.announcer?.stateChange(before, after, { epoch: after.epoch, scope: 'process', origin: 'local', reason });
  }
}

function reasonOf({ isTrial }: CallAdmission, after: Circuit): StateChangeReason {
  if (!isTrial) return 'tripped';
  return after.state === 'closed' ? 'trial-succeeded' : 'trial-failed';
}
