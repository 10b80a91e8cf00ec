import { checkFunction, shape } from './check.js';

/** Where a breaker's time comes from: instants and durations are numbers of milliseconds. */
export interface Clock {
  /** The instant; should never go back. */
  now(): number;
  /** Runs something once, that many milliseconds later; gives a handle to call it off. */
  setTimeout(run: () => void, ms: number): unknown;
  /** Calls it off; a handle that has run already does no harm. */
  clearTimeout(handle: unknown): void;
}

const { timeOrigin } = performance;

/**
 * The process's monotonic clock, counted from the epoch of Unix: steps of the wall clock change nothing.
 *
 * Its functions are looked up at every use, so that a test runner's fake timers reach it.
 */
export const systemClock: Clock = Object.freeze<Clock>({
  now: () => timeOrigin + performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as number),
});

export const checkClock = shape<Clock>('a clock: an object with now, setTimeout and clearTimeout', {
  now: checkFunction,
  setTimeout: checkFunction,
  clearTimeout: checkFunction,
});
