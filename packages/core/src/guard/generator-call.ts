import type { CallAdmission } from '../call/call-admission.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';

/**
 * The call of a generator, which works in steps: its deadline and its duration run while it works, and not while its
 * consumer thinks.
 */
export class GeneratorCall extends Call {
  #pausedAt: number | undefined;
  #leaseEndsAt: number | undefined = undefined;

  constructor(shell: Shell, admission: CallAdmission) {
    super(shell, admission);
    this.#pausedAt = this.startedAt;
  }

  /** A step begins. */
  resume(): void {
    this.stopTimer();
    this.#leaseEndsAt = this.admission.renewTrial();
    // The time in which the consumer thought does not count.
    if (this.startedAt !== undefined && this.#pausedAt !== undefined) {
      this.startedAt += this.shell.now() - this.#pausedAt;
    }
  }

  /** A step has ended. A trial whose consumer thinks beyond its lease gives its place back, and will end late. */
  suspend(): void {
    if (this.verdict !== undefined) return;
    this.stopTimer();
    this.#pausedAt = this.shell.callTime();
    if (this.#leaseEndsAt === undefined) return;
    const leftMs = Math.max(0, this.#leaseEndsAt - this.shell.now());
    this.startTimer(leftMs, () => void this.admission.takeIn('ignore', false, 0));
  }
}
