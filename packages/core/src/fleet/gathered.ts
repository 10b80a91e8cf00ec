import type { Tally, TripPolicy } from '../policy/trip-policy.js';

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
  readonly #windowMs: number;
  readonly #bucketMs: number;
  #buckets: Bucket[] = [];
  #newest: Bucket | undefined = undefined;

  constructor({ windowMs = Number.POSITIVE_INFINITY }: TripPolicy) {
    this.#windowMs = windowMs;
    this.#bucketMs = windowMs / BUCKETS_IN_A_WINDOW;
  }

  /** @param now - 0 where the policy has no window */
  addSuccess(isSlow: boolean, now: number): void {
    const bucket = this.#bucketAt(now);
    bucket.successes++;
    bucket.streak = 0;
    if (isSlow) bucket.slow++;
  }

  /** @param now - 0 where the policy has no window */
  addFailure(isSlow: boolean, now: number): void {
    const bucket = this.#bucketAt(now);
    bucket.failures++;
    bucket.streak++;
    if (isSlow) bucket.slow++;
  }

  hasSuccesses(now: number): boolean {
    return this.#buckets.some(({ startAt, successes }) => successes > 0 && this.#counts(startAt, now));
  }

  /** Whether anything but fast successes was seen. */
  get hasTrouble(): boolean {
    return this.#buckets.some(({ failures, slow }) => failures > 0 || slow > 0);
  }

  /** Forgets the successes, and the failures that they followed. */
  dropSuccesses(): void {
    for (const bucket of this.#buckets) {
      bucket.successes = 0;
      bucket.failures = bucket.streak;
    }
  }

  clear(): void {
    this.#buckets = [];
    this.#newest = undefined;
  }

  /** Everything, as it is to be told at `now`. */
  tallies(now: number): readonly Tally[] {
    return this.#buckets
      .filter(({ startAt }) => this.#counts(startAt, now))
      .map(({ startAt, successes, failures, slow, streak }) => {
        const ageMs = this.#windowMs === Number.POSITIVE_INFINITY ? 0 : Math.max(0, now - startAt);
        return { successes, failures, slow, streak, ageMs };
      });
  }

  #bucketAt(now: number): Bucket {
    const newest = this.#newest;
    if (newest !== undefined && now - newest.startAt < this.#bucketMs) return newest;
    return this.#startBucket(now);
  }

  #startBucket(now: number): Bucket {
    const bucket = { startAt: now, successes: 0, failures: 0, slow: 0, streak: 0 };
    this.#buckets = this.#buckets.filter(({ startAt }) => this.#counts(startAt, now));
    this.#buckets.push(bucket);
    this.#newest = bucket;
    return bucket;
  }

  #counts(startAt: number, now: number): boolean {
    return now - startAt < this.#windowMs;
  }
}
