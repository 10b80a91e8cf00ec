import type { Clock } from '@breaker/core';
import type { FakeClock } from '../../src/index.js';

/** The clock of one process: it agrees with no other's, and stops with the process. */
export class ProcessClock implements Clock {
  readonly #clock: FakeClock;
  readonly #aheadMs: number;
  #isAlive = true;
  /** What fell due while the process was suspended. */
  #overdue: (() => void)[] | undefined;

  constructor(clock: FakeClock, aheadMs: number) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs;
  }

  setTimeout(run: () => void, ms: number): unknown {
    return this.#clock.setTimeout(() => {
      if (!this.#isAlive) return;
      if (this.#overdue === undefined) run();
      else this.#overdue.push(run);
    }, ms);
  }

  clearTimeout(handle: unknown): void {
    this.#clock.clearTimeout(handle as ReturnType<FakeClock['setTimeout']>);
  }

  suspend(): void {
    this.#overdue ??= [];
  }

  resume(): void {
    const overdue = this.#overdue ?? [];
    this.#overdue = undefined;
    for (const run of overdue) run();
  }

  stop(): void {
    this.#isAlive = false;
  }
}
