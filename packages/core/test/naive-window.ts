import type { Tally } from '../src/policy/trip-policy.js';

export interface WindowCounts {
  readonly successes: number;
  readonly failures: number;
  readonly slow: number;
}

/** Instants are numbers with a rounding error of their own. */
const ROUNDING_MS = 0.01;

/** Keeps every outcome with its instant, and counts them anew each time; a clock that goes back stands still. */
export class NaiveWindow {
  #latest = Number.NEGATIVE_INFINITY;
  readonly #outcomes: { tally: Tally; instant: number }[] = [];

  constructor(readonly windowMs: number) {}

  record(tally: Tally, now: number): void {
    this.#latest = Math.max(this.#latest, now);
    this.#outcomes.push({ tally, instant: this.#latest - tally.ageMs });
  }

  /** The outcomes that are younger than the window. */
  counts(now: number): WindowCounts {
    return this.#youngerThan(this.windowMs, now);
  }

  /** What a window of ten buckets counts at least, and at most. */
  bounds(now: number): { readonly least: WindowCounts; readonly most: WindowCounts } {
    const least = this.#youngerThan(this.windowMs * 0.9 - ROUNDING_MS, now);
    return { least, most: this.#youngerThan(this.windowMs + ROUNDING_MS, now) };
  }

  #youngerThan(ms: number, now: number): WindowCounts {
    const present = Math.max(now, this.#latest);
    const tallies = this.#outcomes.filter(({ instant }) => present - instant < ms).map(({ tally }) => tally);
    const sum = (field: 'successes' | 'failures' | 'slow') => tallies.reduce((total, tally) => total + tally[field], 0);
    return { successes: sum('successes'), failures: sum('failures'), slow: sum('slow') };
  }
}
