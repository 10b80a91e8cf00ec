import type { Tally, TripPolicy } from '../policy/trip-policy.js';
import { sinceLastSuccess } from './change/report.js';

/** A tally that grows. */
interface Bucket {
  readonly startAt: number;
  successes: number;
  failures: number;
  slow: number;
  streak: number;
}

/** How finely the age of an outcome is told. */
const BUCKETS_IN_A_WINDOW = 10;

/** What a process has seen and not reported yet, by age where the policy has a window. Successes beyond it are forgotten. */
export class Gathered {
  readonly policyKey: string;
  readonly #windowMs: number;
  readonly #bucketMs: number;
  /** The newest last. */
  #buckets: Bucket[] = [];

  constructor({ key, windowMs = Number.POSITIVE_INFINITY }: TripPolicy) {
    this.policyKey = key;
    this.#windowMs = windowMs;
    this.#bucketMs = windowMs / BUCKETS_IN_A_WINDOW;
  }

  /** @param now - 0 where the policy has no window */
  add(verdict: 'success' | 'failure', isSlow: boolean, now: number): void {
    const bucket = this.#bucketAt(now);
    if (verdict === 'success') {
      bucket.successes++;
      bucket.streak = 0;
    } else {
      bucket.failures++;
      bucket.streak++;
    }
    if (isSlow) bucket.slow++;
  }

  hasSuccesses(now: number): boolean {
    return this.#fresh(now).some(({ successes }) => successes > 0);
  }

  /** Whether anything but fast successes was seen. */
  get hasTrouble(): boolean {
    return this.#buckets.some(({ failures, slow }) => failures > 0 || slow > 0);
  }

  /** Forgets the successes, and the failures that they followed. */
  dropSuccesses(): void {
    this.#buckets = this.#buckets.map(sinceLastSuccess);
  }

  /** Everything, as it is to be told at `now`. */
  tallies(now: number): readonly Tally[] {
    return this.#fresh(now).map(({ startAt, ...tally }) => ({ ...tally, ageMs: Math.max(0, now - startAt) }));
  }

  #bucketAt(now: number): Bucket {
    const newest = this.#buckets[this.#buckets.length - 1];
    if (newest !== undefined && now - newest.startAt < this.#bucketMs) return newest;
    const bucket = { startAt: now, successes: 0, failures: 0, slow: 0, streak: 0 };
    this.#buckets = [...this.#fresh(now), bucket];
    return bucket;
  }

  #fresh(now: number): Bucket[] {
    return this.#buckets.filter(({ startAt }) => now - startAt < this.#windowMs);
  }
}
