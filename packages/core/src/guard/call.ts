import type { CallAdmission } from '../call/call-admission.js';
import { LazyCallContext } from '../call/call-context.js';
import { followSignal } from '../call/follow-signal.js';
import type { Outcome, Verdict } from '../call/outcome.js';
import { CircuitTimeoutError } from '../errors/circuit-timeout-error.js';
import type { Shell } from '../shell.js';
import { Timer } from '../timer.js';

/** Takes what an interrupted call fails with, and what it counted as. */
export type OnInterrupt = (error: unknown, verdict: Verdict) => void;

export interface SettledCall {
  readonly verdict: Verdict;
  /** Whether the circuit opened with this call. */
  readonly hasOpened: boolean;
}

/** One admitted call, until the first word on how it went: its end, its deadline, or its caller's abort. */
export class Call {
  readonly context = new LazyCallContext();
  /** What it counted as, once it is settled. */
  verdict: Verdict | undefined = undefined;
  #timer: Timer | undefined = undefined;
  #stopFollowing: (() => void) | undefined = undefined;

  constructor(
    readonly shell: Shell,
    readonly admission: CallAdmission,
    public onInterrupt?: OnInterrupt,
  ) {}

  /** Runs a piece of the guarded function; calls that it makes through the same breaker meanwhile join this one. */
  run<R>(piece: (context: LazyCallContext) => R): R {
    const { shell, context } = this;
    const outer = shell.running;
    shell.running = context;
    try {
      return piece(context);
    } finally {
      shell.running = outer;
    }
  }

  /** Interrupts the call when its caller aborts, or when it has taken too long. */
  watch(signal: AbortSignal | undefined, deadlineMs: number | undefined): void {
    if (deadlineMs !== undefined) this.startDeadline(deadlineMs);
    if (signal !== undefined) this.#follow(signal);
  }

  #follow(signal: AbortSignal): void {
    const abort = () => {
      const reason: unknown = signal.reason;
      this.threw(reason, 'ignore');
      this.#interrupt(reason, reason, 'ignore');
    };
    this.#stopFollowing = followSignal(signal, abort);
    // A listener that heard of the call may have aborted it already.
    if (signal.aborted) abort();
  }

  startDeadline(ms: number): void {
    this.startTimer(ms, () => {
      if (this.verdict !== undefined) return;
      const error = new CircuitTimeoutError(this.shell.name, ms);
      this.shell.counts.timeouts++;
      const { hasOpened } = this.threw(error, 'failure');
      this.#interrupt(error, this.shell.errorOf(error, 'failure', hasOpened), 'failure');
    });
  }

  startTimer(ms: number, run: () => void): void {
    this.#timer = new Timer(this.shell.settings.clock, run, ms);
  }

  stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  /** Settles it by what it gave, unless the first word is said already. */
  gave(value: unknown, verdict?: Verdict): SettledCall {
    const endedAt = this.shell.callTime();
    return this.#settle({ threw: false, value, durationMs: this.durationMs(endedAt) }, verdict, endedAt);
  }

  /** The same by what it threw. */
  threw(error: unknown, verdict?: Verdict): SettledCall {
    const endedAt = this.shell.callTime();
    return this.#settle({ threw: true, error, durationMs: this.durationMs(endedAt) }, verdict, endedAt);
  }

  /** How long it had taken by then. */
  durationMs(endedAt: number): number {
    return this.shell.durationMs(this.admission.startedAt, endedAt);
  }

  #settle(outcome: Outcome, given: Verdict | undefined, endedAt: number): SettledCall {
    if (this.verdict !== undefined) return { verdict: this.verdict, hasOpened: false };
    const verdict = given ?? this.shell.judge(outcome);
    this.verdict = verdict;
    this.stopTimer();
    this.#stopFollowing?.();
    return { verdict, hasOpened: this.shell.settle(this.admission, verdict, outcome, endedAt) };
  }

  #interrupt(reason: unknown, error: unknown, verdict: Verdict): void {
    this.context.abort(reason);
    this.onInterrupt?.(error, verdict);
  }
}
