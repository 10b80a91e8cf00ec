/**
 * Decides when a closed circuit trips, from what it remembers of the outcomes.
 *
 * @typeParam Memory - what it remembers; JSON-safe, and opaque to everybody else
 */
export interface TripPolicy<Memory = unknown> {
  /** The kind, and the settings that shape its memory (not its thresholds); memory is kept under it. */
  readonly key: string;
  /** What a circuit remembers that has just closed. */
  initial(): Memory;
  /** Takes in outcomes, in O(1). May change `memory` in place and return it. */
  record(memory: Memory, tally: Tally, now: number): Memory;
  /** Whether the circuit trips now; asked after a failure or a slow call. */
  trips(memory: Memory, now: number): boolean;
  /** How many failures it remembers, for `snapshot()`. */
  failures?(memory: Memory, now: number): number;
  /** Outcomes older than this count for nothing. Without it time plays no part, and every `now` is 0. */
  readonly windowMs?: number | undefined;
  /** Calls that took longer than this count as slow. */
  readonly slowCallMs?: number | undefined;
  /** Whether `record` takes tallies of many calls, some time old, in any order: needed to share outcomes in a fleet. */
  readonly mergeable?: boolean | undefined;
}

/** Outcomes, summed up. A call is a tally of one. */
export interface Tally {
  readonly successes: number;
  readonly failures: number;
  /** How many of them, succeeded or failed, were slow. */
  readonly slow: number;
  /** Failures since the last success among them. */
  readonly streak: number;
  /** How long ago they happened, in milliseconds. */
  readonly ageMs: number;
}
