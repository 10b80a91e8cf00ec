import type { Clock } from '@breaker/core';
import { checkDurationMs, checkFinite, checkFunction } from './check.js';
import { letPromisesRun } from './let-promises-run.js';

/** So many timers in a row, each set at the instant it is due, are taken for one that sets itself anew without end. */
const MOST_TIMERS_AT_ONCE = 10_000;

interface FakeTimer {
  readonly run: () => void;
  readonly setAt: number;
  readonly dueAt: number;
}

/** A clock that stands still until it is advanced. */
export class FakeClock implements Clock {
  #now: number;
  /** In the order in which they are due. */
  readonly #timers: FakeTimer[] = [];
  #isAdvancing = false;
  #timersAtOnce = 0;

  /** @param startAt - the first instant, in milliseconds: a finite number. Default: 0 */
  constructor(startAt = 0) {
    checkFinite('startAt', startAt);
    this.#now = startAt;
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.length;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): unknown {
    checkFunction('run', run);
    checkFinite('ms', ms);
    const timer = { run, setAt: this.#now, dueAt: this.#now + Math.max(0, ms) };
    const last = this.#timers.findLastIndex(({ dueAt }) => dueAt <= timer.dueAt);
    this.#timers.splice(last + 1, 0, timer);
    return timer;
  }

  clearTimeout(handle: unknown): void {
    const index = this.#timers.indexOf(handle as FakeTimer);
    if (index >= 0) this.#timers.splice(index, 1);
  }

  /**
   * Moves on, and runs the timers that fall due in order, those set meanwhile too. Lets no promise run.
   *
   * @param ms - in milliseconds, at least 0
   * @throws TypeError or RangeError for another `ms`; an error while it is being advanced, or where a timer sets itself anew
   * without end; what a timer throws
   */
  advance(ms: number): void {
    const end = this.#begin(ms);
    try {
      while (this.#runNext(end)) {}
      this.#now = end;
    } finally {
      this.#isAdvancing = false;
    }
  }

  /** Does the same, and lets promises run before, between and after the timers. Rejects where `advance` throws. */
  async advanceAsync(ms: number): Promise<void> {
    const end = this.#begin(ms);
    try {
      do await letPromisesRun();
      while (this.#runNext(end));
      this.#now = end;
    } finally {
      this.#isAdvancing = false;
    }
  }

  #begin(ms: number): number {
    checkDurationMs('ms', ms);
    if (this.#isAdvancing) throw new Error('The clock is being advanced already');
    this.#isAdvancing = true;
    this.#timersAtOnce = 0;
    return this.#now + ms;
  }

  /** Runs the timer that is due next; says whether there was one. */
  #runNext(end: number): boolean {
    const [next] = this.#timers;
    if (next === undefined || next.dueAt > end) return false;
    this.#timersAtOnce = next.dueAt > next.setAt ? 0 : this.#timersAtOnce + 1;
    if (this.#timersAtOnce > MOST_TIMERS_AT_ONCE) {
      throw new Error(
        `A timer sets itself anew without end: ${MOST_TIMERS_AT_ONCE} in a row were due when they were set`,
      );
    }
    this.#timers.shift();
    this.#now = next.dueAt;
    next.run();
    return true;
  }
}
