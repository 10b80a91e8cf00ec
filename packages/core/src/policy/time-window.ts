import type { Tally } from './trip-policy.js';

const BUCKETS = 10;
/** Successes, failures and slow calls of each bucket, side by side. */
const FIELDS = 3;
const SUCCESSES = 0;
const FAILURES = 1;
const SLOW = 2;

/** Never written to: the first outcome brings a ring of its own. */
const NO_COUNTS: number[] = [];

/**
 * The outcomes of the last `windowMs`, in ten buckets that begin at the first outcome. An outcome is forgotten with its
 * bucket: when it is `windowMs` old at the latest, and a bucket's width before at the earliest.
 */
export interface TimeWindow {
  /** When the newest bucket began. */
  startAt: number;
  /** Where the newest bucket is in the ring. */
  newest: number;
  /** A ring of buckets; empty until the first outcome. */
  counts: number[];
}

export interface WindowTotals {
  readonly successes: number;
  readonly failures: number;
  readonly slow: number;
}

export function emptyWindow(): TimeWindow {
  return { startAt: 0, newest: 0, counts: NO_COUNTS };
}

/** Adds outcomes to the bucket of their time, in place. Those older than the window are left out. */
export function addToWindow(window: TimeWindow, tally: Tally, now: number, windowMs: number): TimeWindow {
  advance(window, now, windowMs);
  const { startAt, newest, counts } = window;
  const ago = bucketsAgo(startAt, Math.max(now, startAt) - tally.ageMs, windowMs);
  if (ago >= BUCKETS) return window;
  const slot = (newest < ago ? newest - ago + BUCKETS : newest - ago) * FIELDS;
  counts[slot + SUCCESSES] = at(counts, slot + SUCCESSES) + tally.successes;
  counts[slot + FAILURES] = at(counts, slot + FAILURES) + tally.failures;
  counts[slot + SLOW] = at(counts, slot + SLOW) + tally.slow;
  return window;
}

/** What still counts at `now`; changes nothing. */
export function windowTotals({ startAt, newest, counts }: TimeWindow, now: number, windowMs: number): WindowTotals {
  const fresh = counts.length === 0 ? 0 : BUCKETS - bucketsSince(startAt, now, windowMs);
  const totals = { successes: 0, failures: 0, slow: 0 };
  let slot = newest * FIELDS;
  for (let ago = 0; ago < fresh; ago++) {
    totals.successes += at(counts, slot + SUCCESSES);
    totals.failures += at(counts, slot + FAILURES);
    totals.slow += at(counts, slot + SLOW);
    slot = slot === 0 ? counts.length - FIELDS : slot - FIELDS;
  }
  return totals;
}

/** Moves the window on to `now`, emptying every bucket that has become stale. */
function advance(window: TimeWindow, now: number, windowMs: number): void {
  const steps = bucketsSince(window.startAt, now, windowMs);
  // Not `steps >= BUCKETS`: a clock that once gave NaN must not stop the window for ever.
  if (window.counts.length === 0 || !(steps < BUCKETS)) {
    window.startAt = now;
    window.newest = 0;
    window.counts = new Array<number>(BUCKETS * FIELDS).fill(0);
    return;
  }
  for (let step = 0; step < steps; step++) {
    window.startAt += windowMs / BUCKETS;
    window.newest = (window.newest + 1) % BUCKETS;
    window.counts.fill(0, window.newest * FIELDS, (window.newest + 1) * FIELDS);
  }
}

/** How many whole buckets have passed since then; none where the clock went back. */
function bucketsSince(startAt: number, now: number, windowMs: number): number {
  const elapsed = now - startAt;
  return elapsed < windowMs / BUCKETS ? 0 : Math.floor((elapsed * BUCKETS) / windowMs);
}

/** How many buckets before the newest one an instant lies. */
function bucketsAgo(startAt: number, instant: number, windowMs: number): number {
  return instant < startAt ? Math.ceil(((startAt - instant) * BUCKETS) / windowMs) : 0;
}

function at(counts: readonly number[], index: number): number {
  return counts[index] as number;
}
