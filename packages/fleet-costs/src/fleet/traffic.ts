import type { CircuitBreaker } from '@breaker/core';

const TICK_MS = 10;

/** Calls that a process makes all the time, spread evenly over it. */
export class Traffic {
  /** How many of them fail: 0 to 1. */
  failing = 0;
  #timer: ReturnType<typeof setInterval> | undefined = undefined;

  constructor(
    readonly breaker: CircuitBreaker,
    readonly random: () => number = Math.random,
  ) {}

  /** Makes so many calls a second, until it is told otherwise. */
  flow(callsPerSecond: number): void {
    clearInterval(this.#timer);
    if (callsPerSecond === 0) return;
    let due = this.random();
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      due += ((now - last) / 1_000) * callsPerSecond;
      last = now;
      for (; due >= 1; due--) this.#call();
    }, TICK_MS);
  }

  #call(): void {
    const fails = this.random() < this.failing;
    this.breaker.execute(() => (fails ? Promise.reject(new Error('down')) : Promise.resolve())).catch(() => undefined);
  }
}
