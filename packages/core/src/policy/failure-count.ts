import { type Checks, checkCount, checkDurationMs, checkOptions } from '../check.js';
import { addToWindow, emptyWindow, type TimeWindow, windowTotals } from './time-window.js';
import type { Tally, TripPolicy } from './trip-policy.js';

/** The options of `failureCount`. */
export interface FailureCountOptions {
  /** The number of failures at which it trips: an integer of at least 1. */
  readonly threshold: number;
  /** How long a failure counts, in milliseconds, above 0. */
  readonly windowMs: number;
}

const OPTIONS: Checks<FailureCountOptions> = { threshold: checkCount, windowMs: checkDurationMs };

/**
 * Trips at a number of failures in the last `windowMs`, whatever succeeds between them.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function failureCount(options: FailureCountOptions): TripPolicy<TimeWindow> {
  checkOptions(options, OPTIONS, 'failureCount: ');
  return new FailureCount(options.threshold, options.windowMs);
}

class FailureCount implements TripPolicy<TimeWindow> {
  readonly key: string;

  constructor(
    readonly threshold: number,
    readonly windowMs: number,
  ) {
    this.key = `failure-count:${windowMs}`;
  }

  initial(): TimeWindow {
    return emptyWindow();
  }

  record(window: TimeWindow, tally: Tally, now: number): TimeWindow {
    return tally.failures > 0 ? addToWindow(window, tally, now, this.windowMs) : window;
  }

  trips(window: TimeWindow, now: number): boolean {
    return this.failures(window, now) >= this.threshold;
  }

  failures(window: TimeWindow, now: number): number {
    return windowTotals(window, now, this.windowMs).failures;
  }
}
