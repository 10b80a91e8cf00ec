import { Call } from './call.js';

/**
 * The call of a generator, which works in steps: its deadline and its duration run while it works, and not while its
 * consumer thinks.
 */
export class GeneratorCall extends Call {
  #workedMs = 0;
  #resumedAt = Number.NaN;
  #leaseEndsAt: number | undefined = undefined;

  /** A step begins. */
  resume(): void {
    this.stopTimer();
    this.#leaseEndsAt = this.admission.renewTrial();
    if (!Number.isNaN(this.admission.startedAt)) this.#resumedAt = this.shell.now();
  }

  /** A step has ended. A trial whose consumer thinks beyond its lease gives its place back, and will end late. */
  suspend(): void {
    if (this.verdict !== undefined) return;
    this.stopTimer();
    this.#workedMs = this.durationMs(this.shell.callTime());
    this.#resumedAt = Number.NaN;
    if (this.#leaseEndsAt === undefined) return;
    const leftMs = Math.max(0, this.#leaseEndsAt - this.shell.now());
    this.startTimer(leftMs, () => this.admission.releaseTrial());
  }

  override durationMs(endedAt: number): number {
    if (Number.isNaN(this.admission.startedAt)) return super.durationMs(endedAt);
    return this.#workedMs + (Number.isNaN(this.#resumedAt) ? 0 : this.shell.durationMs(this.#resumedAt, endedAt));
  }
}
