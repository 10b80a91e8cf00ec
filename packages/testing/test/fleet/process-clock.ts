import type { Clock } from '@breaker/core';
import type { FakeClock } from '../../src/index.js';

/** The clock of one process: it agrees with no other's, and stops with the process. */
export class ProcessClock implements Clock {
  readonly #clock: FakeClock;
  readonly #aheadMs: number;
  #isAlive = true;

  constructor(clock: FakeClock, aheadMs: number) {
    this.#clock = clock;
    this.#aheadMs = aheadMs;
  }

  now(): number {
    return this.#clock.now() + this.#aheadMs;
  }

  setTimeout(run: () => void, ms: number): unknown {
    return this.#clock.setTimeout(() => {
      if (this.#isAlive) run();
    }, ms);
  }

  clearTimeout(handle: unknown): void {
    this.#clock.clearTimeout(handle as ReturnType<FakeClock['setTimeout']>);
  }

  stop(): void {
    this.#isAlive = false;
  }
}
