import { Call } from './call.js';

/**
 * The call of a generator, which works in steps: its deadline and its duration run while it works, and not while its
 * consumer thinks.
 */
export class GeneratorCall extends Call {
  #workedMs = 0;
  #resumedAt = Number.NaN;
  #leaseEndsAt: number | undefined = undefined;

  /** A step begins; it may take `deadlineMs`, where somebody can interrupt it. */
  resume(deadlineMs: number | undefined): void {
    const { leaseId, startedAt } = this.admission;
    this.stopTimer();
    if (leaseId !== undefined) this.#leaseEndsAt = this.shell.own.renewTrial(leaseId);
    if (deadlineMs !== undefined) this.startDeadline(deadlineMs);
    if (!Number.isNaN(startedAt)) this.#resumedAt = this.shell.now();
  }

  /** A step has ended. A trial whose consumer thinks beyond its lease gives its place back, and will end late. */
  suspend(): void {
    if (this.verdict !== undefined) return;
    this.stopTimer();
    this.#workedMs = this.durationMs();
    this.#resumedAt = Number.NaN;
    const { leaseId } = this.admission;
    if (leaseId === undefined || this.#leaseEndsAt === undefined) return;
    this.startTimer(Math.max(0, this.#leaseEndsAt - this.shell.now()), () => this.shell.own.releaseTrial(leaseId));
  }

  override durationMs(): number {
    if (Number.isNaN(this.admission.startedAt)) return super.durationMs();
    return this.#workedMs + (Number.isNaN(this.#resumedAt) ? 0 : this.shell.durationSince(this.#resumedAt));
  }
}
