import type { CircuitBreaker } from '@breaker/core';

const TICK_MS = 10;

/** Calls that a process makes all the time: each comes by chance, whenever the last one came. */
export class Traffic {
  /** How many of them fail: 0 to 1. */
  failing = 0;
  #timer: ReturnType<typeof setInterval> | undefined = undefined;

  constructor(
    readonly breaker: CircuitBreaker,
    readonly random: () => number = Math.random,
  ) {}

  /** Makes so many calls a second on the average, until it is told otherwise. */
  flow(callsPerSecond: number): void {
    clearInterval(this.#timer);
    if (callsPerSecond === 0) return;
    const drawPauseMs = () => (-Math.log(1 - this.random()) * 1_000) / callsPerSecond;
    let dueAt = performance.now() + drawPauseMs();
    this.#timer = setInterval(() => {
      for (const now = performance.now(); dueAt <= now; dueAt += drawPauseMs()) this.#call();
    }, TICK_MS);
  }

  #call(): void {
    const fails = this.random() < this.failing;
    this.breaker.execute(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve())).catch(() => undefined);
  }
}
