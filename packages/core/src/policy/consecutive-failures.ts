import { checkCount } from '../check.js';
import type { Tally, TripPolicy } from './trip-policy.js';

/**
 * Trips at that many failures in a row. Remembers one number, and never reads the clock.
 *
 * @param threshold - an integer of at least 1
 * @throws TypeError or RangeError for anything else
 */
export function consecutiveFailures(threshold: number): TripPolicy<number> {
  checkCount('consecutiveFailures: threshold', threshold);
  return new ConsecutiveFailures(threshold);
}

class ConsecutiveFailures implements TripPolicy<number> {
  readonly key = 'consecutive-failures';
  readonly mergeable = true;

  constructor(readonly threshold: number) {}

  initial(): number {
    return 0;
  }

  record(streak: number, tally: Tally): number {
    return tally.successes > 0 ? tally.streak : streak + tally.failures;
  }

  trips(streak: number): boolean {
    return streak >= this.threshold;
  }

  failures(streak: number): number {
    return streak;
  }
}
