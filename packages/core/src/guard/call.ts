import { beginCall } from '../admit.js';
import type { CallAdmission } from '../call/call-admission.js';
import { LazyCallContext } from '../call/call-context.js';
import { followSignal } from '../call/follow-signal.js';
import { judge } from '../call/judge.js';
import type { Outcome, Verdict } from '../call/outcome.js';
import { CircuitTimeoutError } from '../errors/circuit-timeout-error.js';
import { settle } from '../settle.js';
import type { Shell } from '../shell.js';
import { Timer } from '../timer.js';
import { runWithin } from './run.js';

/** One admitted call, until the first word on how it went: its end, its deadline, or its caller's abort. */
export class Call {
  /** What it counted as, once it is settled. */
  verdict: Verdict | undefined = undefined;
  protected startedAt: number | undefined;
  #context: LazyCallContext | undefined = undefined;
  #timer: Timer | undefined = undefined;
  #stopFollowing: (() => void) | undefined = undefined;

  constructor(
    readonly shell: Shell,
    readonly admission: CallAdmission,
    /** Takes what the call fails with, where it is interrupted. */
    public onInterrupt?: (error: unknown) => void,
  ) {
    this.startedAt = beginCall(shell, admission);
  }

  get context(): LazyCallContext {
    this.#context ??= new LazyCallContext();
    return this.#context;
  }

  /** Runs a piece of the guarded function; calls that it makes through the same breaker meanwhile join this one. */
  run<R>(piece: () => R): R {
    return runWithin(this.shell, this.context, piece);
  }

  /** How long it may take, or its next step; `undefined` where it may take for ever. */
  get deadlineMs(): number | undefined {
    const { timeoutMs } = this.shell.settings;
    const leftMs = this.admission.trialLeftMs();
    return timeoutMs === undefined || leftMs === undefined ? (timeoutMs ?? leftMs) : Math.min(timeoutMs, leftMs);
  }

  /** Interrupts the call when its caller aborts, or when it has taken too long. */
  watch(signal: AbortSignal | undefined, deadlineMs: number | undefined): void {
    if (deadlineMs !== undefined) this.#startDeadline(deadlineMs);
    if (signal !== undefined) this.#follow(signal);
  }

  #follow(signal: AbortSignal): void {
    const abort = () => this.#interrupt(signal.reason, 'ignore');
    this.#stopFollowing = followSignal(signal, abort);
    // A listener that heard of the call may have aborted it already.
    if (signal.aborted) abort();
  }

  /** @param restMs - how much more the call may take where its trial gets more time */
  #startDeadline(ms: number, restMs = (this.shell.settings.timeoutMs ?? Number.POSITIVE_INFINITY) - ms): void {
    this.startTimer(ms, () => {
      if (this.verdict !== undefined) return;
      const moreMs = Math.min(restMs, this.admission.moreMs?.() ?? 0);
      if (moreMs > 0) return this.#startDeadline(moreMs, restMs - moreMs);
      this.shell.counts.timeouts++;
      this.#interrupt(new CircuitTimeoutError(this.shell.name, ms), 'failure');
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
  gave(value: unknown, verdict?: Verdict): void {
    const endedAt = this.shell.callTime();
    this.#settle({ threw: false, value, durationMs: this.shell.durationMs(this.startedAt, endedAt) }, endedAt, verdict);
  }

  /** The same by what it threw; gives what its caller gets. */
  threw(error: unknown, verdict?: Verdict): unknown {
    const endedAt = this.shell.callTime();
    return this.#settle(
      { threw: true, error, durationMs: this.shell.durationMs(this.startedAt, endedAt) },
      endedAt,
      verdict,
    );
  }

  #settle(outcome: Outcome, endedAt: number | undefined, given: Verdict | undefined): unknown {
    const verdict = this.verdict ?? given ?? judge(outcome, this.shell.settings, this.shell);
    // Who judges may have said the first word: by aborting the call, or to its permit.
    if (this.verdict !== undefined) return outcome.threw ? outcome.error : outcome.value;
    this.verdict = verdict;
    this.stopTimer();
    this.#stopFollowing?.();
    return settle(this.shell, this.admission, verdict, outcome, endedAt);
  }

  #interrupt(reason: unknown, verdict: Verdict): void {
    const error = this.threw(reason, verdict);
    this.context.abort(reason);
    this.onInterrupt?.(error);
  }
}
