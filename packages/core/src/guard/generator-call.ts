import { Call } from './call.js';

/**
 * The call of a generator, which works in steps: its deadline and its duration run while it works, and not while its
 * consumer thinks.
 */
export class GeneratorCall extends Call {
  /** How long its steps have taken so far. */
  #workedMs = 0;
  #leaseEndsAt: number | undefined = undefined;

  /** A step begins. */
  resume(): void {
    this.stopTimer();
    this.#leaseEndsAt = this.admission.renewTrial();
    const now = this.shell.callTime();
    this.startedAt = now === undefined ? undefined : now - this.#workedMs;
  }

  /** A step has ended. A trial whose consumer thinks beyond its lease gives its place back, and will end late. */
  suspend(): void {
    if (this.verdict !== undefined) return;
    this.stopTimer();
    this.#workedMs = this.shell.durationMs(this.startedAt, this.shell.callTime());
    if (this.#leaseEndsAt === undefined) return;
    // The lease may have been renewed since the step began.
    const leftMs = this.admission.moreMs?.() ?? this.#leaseEndsAt - this.shell.now();
    this.startTimer(Math.max(0, leftMs), () => void this.admission.takeIn('ignore', false, 0));
  }
}
