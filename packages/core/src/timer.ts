import type { Clock } from './clock.js';

/** Runtimes count timers in 32 bits: one set for longer would fire at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Runs something once after a time, however long; keeps no process alive. */
export class Timer {
  #handle: unknown;

  constructor(
    readonly clock: Clock,
    readonly run: () => void,
    ms: number,
  ) {
    this.#start(ms);
  }

  cancel(): void {
    this.clock.clearTimeout(this.#handle);
  }

  #start(ms: number): void {
    const rest = ms - LONGEST_MS;
    this.#handle = this.clock.setTimeout(rest > 0 ? () => this.#start(rest) : this.run, Math.min(ms, LONGEST_MS));
    (this.#handle as { unref?: () => void } | undefined)?.unref?.();
  }
}
