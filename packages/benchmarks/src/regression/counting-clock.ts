import type { Clock } from '@breaker/core';

/** A clock whose timers never run, and which counts what is asked of it. */
export class CountingClock implements Clock {
  reads = 0;
  timers = 0;

  now(): number {
    this.reads++;
    return performance.now();
  }

  setTimeout(): number {
    return ++this.timers;
  }

  clearTimeout(): void {}
}
