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
import type { StateChangeReason } from './listener/breaker-event.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import { type FaultReporter, OwnCircuit } from './own-circuit.js';
import { PlainHandlers } from './plain-handlers.js';
import { rejectionOf } from './rejection.js';
import type { Settings } from './settings.js';

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
  #announcer: Announcer | undefined = undefined;
  /** When somebody began to ask how long calls take. */
  #timedSince: number | undefined = undefined;

  constructor(
    readonly breaker: CircuitBreaker,
    settings: Settings,
  ) {
    this.own = new OwnCircuit(settings, this);
    for (const listener of settings.listeners) this.#listen(listener);
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
    return this.settings.timesCalls || this.#announcer?.wantsCalls === true;
  }

  /** How long ago that was; for a call that began before anybody asked for times, how long ago they did. */
  durationSince(startedAt: number): number {
    if (!this.timesCalls) return Number.NaN;
    const since = Number.isNaN(startedAt) ? (this.#timedSince as number) : startedAt;
    return Math.max(0, this.now() - since);
  }

  /** Asks the circuit whether a call may pass. */
  admit(): CallAdmission | CircuitOpenError {
    this.counts.calls++;
    const before = this.own.current;
    if (before.state === 'closed' || before.state === 'disabled') return this.#admitted(before.epoch, undefined);
    const now = this.now();
    const leaseId = this.own.requestTrial(now);
    if (leaseId === undefined) return this.#rejected(now);
    this.#announceChange(before, this.own.current, 'trial-due');
    return this.#admitted(this.own.current.epoch, leaseId);
  }

  /** Counts a call that its caller had aborted before it was made. */
  ignoreUnmade(reason: unknown): void {
    this.counts.calls++;
    const admission = new CallAdmission(this.own.current.epoch, undefined, Number.NaN);
    this.settle(admission, 'ignore', { threw: true, error: reason, durationMs: 0 });
  }

  judge(outcome: Outcome): Verdict {
    return judge(outcome, this.settings, (error, option) => this.report(error, option));
  }

  /** Takes in how a call went; says whether the circuit opened with it. */
  settle(admission: CallAdmission, verdict: Verdict, outcome: Outcome): boolean {
    const { slowCallMs = Number.POSITIVE_INFINITY } = this.settings.policy;
    const isSlow = verdict !== 'ignore' && outcome.durationMs > slowCallMs;
    this.counts.add(verdict, isSlow);
    const before = this.own.current;
    const after = this.own.takeIn(admission, verdict, isSlow);
    this.#announcer?.outcome(verdict, outcome, admission, after === undefined, isSlow);
    if (after !== undefined) this.#announceChange(before, after, reasonOf(admission, after));
    this.deliver();
    return before.state !== 'open' && after?.state === 'open';
  }

  /** What the caller of a call that threw gets. */
  errorOf(error: unknown, verdict: Verdict, hasOpened: boolean): unknown {
    if (!hasOpened || verdict !== 'failure' || !this.settings.throwNewErrorOnTrip) return error;
    return withoutStackTrace(() => new CircuitTrippedError(this.name, error));
  }

  /** How a call settles in this epoch that is no part of another, where nobody asks for more than the counts. */
  plainHandlers(): PlainHandlers | undefined {
    if (this.running !== undefined) return undefined;
    return this.#plainHandlers ?? this.#makePlainHandlers();
  }

  #makePlainHandlers(): PlainHandlers | undefined {
    const { state, epoch } = this.own.current;
    if (state !== 'closed' || this.timesCalls || this.settings.timeoutMs !== undefined) return undefined;
    this.#plainHandlers = new PlainHandlers(this, epoch);
    return this.#plainHandlers;
  }

  rule(ruling: Ruling): void {
    const before = this.own.current;
    this.#announceChange(before, this.own.apply(ruling, this.now()), 'manual');
    this.deliver();
  }

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
    this.#announcer?.remove(listener);
    this.#askAnew();
  }

  report(error: unknown, source: string): void {
    if (this.#announcer === undefined) logFault(this.name, error, source);
    else this.#announcer.fault(error, source, this.own.current.epoch);
  }

  /** Tells the listeners what waits for them. A call that a listener makes is one of its own, and joins no other. */
  deliver(): void {
    if (!this.#announcer?.hasNews) return;
    const { running } = this;
    this.running = undefined;
    try {
      this.#announcer.deliver();
    } finally {
      this.running = running;
    }
  }

  #listen(listener: CircuitListener): void {
    this.#announcer ??= new Announcer(this.breaker, () => this.now());
    this.#announcer.add(listener);
  }

  /** What is asked of calls may have changed. */
  #askAnew(): void {
    this.#plainHandlers = undefined;
    if (!this.timesCalls) this.#timedSince = undefined;
    else this.#timedSince ??= this.now();
  }

  #admitted(epoch: number, leaseId: string | undefined): CallAdmission {
    const admission = new CallAdmission(epoch, leaseId, this.timesCalls ? this.now() : Number.NaN);
    this.#announcer?.beforeCall(admission);
    this.deliver();
    return admission;
  }

  #rejected(now: number): CircuitOpenError {
    this.counts.rejected++;
    const circuit = this.own.current;
    const error = rejectionOf(this.name, circuit, now, this.settings.rejectionStackTrace);
    this.#announcer?.reject(error, circuit.epoch);
    this.deliver();
    return error;
  }

  #announceChange(before: Circuit, after: Circuit, reason: StateChangeReason): void {
    if (after.epoch !== before.epoch) this.#plainHandlers = undefined;
    if (after.state !== before.state) this.#announcer?.stateChange(before, after, reason);
  }
}

function reasonOf({ isTrial }: CallAdmission, after: Circuit): StateChangeReason {
  if (!isTrial) return 'tripped';
  return after.state === 'closed' ? 'trial-succeeded' : 'trial-failed';
}
