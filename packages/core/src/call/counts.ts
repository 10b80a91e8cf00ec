import type { Verdict } from './outcome.js';

/** A process's totals since the breaker was made. Calls that are still running are in `calls` alone. */
export interface CallCounts {
  /** Calls that were asked for, rejected ones included. */
  readonly calls: number;
  readonly successes: number;
  readonly failures: number;
  readonly ignored: number;
  readonly rejected: number;
  /** Failures that were still pending at their deadline. */
  readonly timeouts: number;
  /** Successes and failures that took longer than the trip policy's `slowCallMs`. */
  readonly slow: number;
}

export class Counts implements CallCounts {
  calls = 0;
  successes = 0;
  failures = 0;
  ignored = 0;
  rejected = 0;
  timeouts = 0;
  slow = 0;

  add(verdict: Verdict, isSlow: boolean): void {
    if (verdict === 'success') this.successes++;
    else if (verdict === 'failure') this.failures++;
    else this.ignored++;
    if (isSlow) this.slow++;
  }
}
