import { type Checks, checkCount, checkOptions, checkShare, optional, refuse } from '../check.js';
import type { Tally, TripPolicy } from './trip-policy.js';

/** The options of `lastCalls`. */
export interface LastCallsOptions {
  /** How many calls it looks back: an integer of at least 1. */
  readonly size: number;
  /** The share of failures among them, above 0 and up to 1, at which it trips. */
  readonly threshold: number;
  /** How many calls there must be before it may trip: an integer from 1 to `size`. Default: `size`. */
  readonly minimumCalls?: number | undefined;
}

const OPTIONS: Checks<LastCallsOptions> = {
  size: checkCount,
  threshold: checkShare,
  ...optional({ minimumCalls: checkCount }),
};

/** A ring of the last outcomes. */
export interface CallRing {
  /** 1 for a failure, 0 for a success; grows to the size of the ring. */
  outcomes: number[];
  /** Where the next outcome goes, once the ring is full. */
  next: number;
  failures: number;
}

/**
 * Trips at a share of failures among the last `size` calls, however long ago they were. Never reads the clock.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function lastCalls(options: LastCallsOptions): TripPolicy<CallRing> {
  checkOptions(options, OPTIONS, 'lastCalls: ');
  const { size, threshold, minimumCalls = size } = options;
  if (minimumCalls > size) {
    refuse(RangeError, 'lastCalls: minimumCalls', minimumCalls, `at most size (${size})`);
  }
  return new LastCalls(size, threshold, minimumCalls);
}

class LastCalls implements TripPolicy<CallRing> {
  readonly key: string;

  constructor(
    readonly size: number,
    readonly threshold: number,
    readonly minimumCalls: number,
  ) {
    this.key = `last-calls:${size}`;
  }

  initial(): CallRing {
    return { outcomes: [], next: 0, failures: 0 };
  }

  record(ring: CallRing, tally: Tally): CallRing {
    const failed = tally.failures > 0 ? 1 : 0;
    ring.failures += failed - (ring.outcomes[ring.next] ?? 0);
    ring.outcomes[ring.next] = failed;
    ring.next = (ring.next + 1) % this.size;
    return ring;
  }

  trips(ring: CallRing): boolean {
    const calls = ring.outcomes.length;
    return calls >= this.minimumCalls && ring.failures / calls >= this.threshold;
  }

  failures(ring: CallRing): number {
    return ring.failures;
  }
}
