import { type Checks, checkCount, checkDurationMs, checkOptions, checkShare, optional, refuse } from '../check.js';
import { addToWindow, emptyWindow, type TimeWindow, windowTotals } from './time-window.js';
import type { Tally, TripPolicy } from './trip-policy.js';

/** The options of `failureRate`. */
export interface FailureRateOptions {
  /** The share of failures, above 0 and up to 1, at which it trips. */
  readonly threshold: number;
  /** How long an outcome counts, in milliseconds, above 0. */
  readonly windowMs: number;
  /** How many calls the window must hold before it may trip: an integer of at least 1. Default: 20. */
  readonly minimumCalls?: number | undefined;
  /** Calls that took longer count as slow; in milliseconds, above 0. Default: none does. */
  readonly slowCallMs?: number | undefined;
  /** The share of slow calls, above 0 and up to 1, at which it trips. Default: `threshold`. */
  readonly slowCallThreshold?: number | undefined;
}

const OPTIONS: Checks<FailureRateOptions> = {
  threshold: checkShare,
  windowMs: checkDurationMs,
  ...optional({ minimumCalls: checkCount, slowCallMs: checkDurationMs, slowCallThreshold: checkShare }),
};

/**
 * Trips at a share of failures, or of slow calls, among the calls of the last `windowMs`.
 *
 * The window is made of ten buckets, so that an outcome costs the same however many calls there are.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function failureRate(options: FailureRateOptions): TripPolicy<TimeWindow> {
  checkOptions(options, OPTIONS, 'failureRate: ');
  const { threshold, windowMs, minimumCalls = 20, slowCallMs, slowCallThreshold = threshold } = options;
  if (slowCallMs === undefined && options.slowCallThreshold !== undefined) {
    refuse(TypeError, 'failureRate: slowCallThreshold', slowCallThreshold, 'absent without slowCallMs');
  }
  return new FailureRate(threshold, windowMs, minimumCalls, slowCallMs, slowCallMs && slowCallThreshold);
}

class FailureRate implements TripPolicy<TimeWindow> {
  readonly key: string;

  constructor(
    readonly threshold: number,
    readonly windowMs: number,
    readonly minimumCalls: number,
    readonly slowCallMs: number | undefined,
    /** `undefined` where no call is slow: a share that is never read would weigh all the same. */
    readonly slowCallThreshold: number | undefined,
  ) {
    // Joined, as that gives a string in one piece: one put together weighs twice as much, in every breaker.
    this.key = ['failure-rate', windowMs, slowCallMs].join(':');
  }

  get mergeable(): true {
    return true;
  }

  initial(): TimeWindow {
    return emptyWindow();
  }

  record(window: TimeWindow, tally: Tally, now: number): TimeWindow {
    return addToWindow(window, tally, now, this.windowMs);
  }

  trips(window: TimeWindow, now: number): boolean {
    const { successes, failures, slow } = windowTotals(window, now, this.windowMs);
    const calls = successes + failures;
    if (calls < this.minimumCalls) return false;
    const { threshold, slowCallThreshold } = this;
    const failsOften = failures / calls >= threshold;
    return failsOften || (slowCallThreshold !== undefined && slow / calls >= slowCallThreshold);
  }

  failures(window: TimeWindow, now: number): number {
    return windowTotals(window, now, this.windowMs).failures;
  }
}
