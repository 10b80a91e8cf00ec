import type { ErrorMatcher } from './call/error-matcher.js';
import type { Classify } from './call/outcome.js';
import type { Clock } from './clock.js';
import type { Sharing } from './fleet/sharing.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import type { TripPolicy } from './policy/trip-policy.js';
import type { CircuitStorage } from './storage/circuit-storage.js';

export const DEFAULT_FAILURE_THRESHOLD = 5;
export const DEFAULT_RESET_TIMEOUT_MS = 60_000;
export const DEFAULT_SUCCESS_THRESHOLD = 1;
export const DEFAULT_MAX_TRIALS = 1;
export const DEFAULT_TRIAL_TIMEOUT_MS = 30_000;
export const DEFAULT_LEASE_TIMEOUT_MS = 100;
export const DEFAULT_STORAGE_TIMEOUT_MS = 500;
export const DEFAULT_SYNC_INTERVAL_MS = 5_000;

/** How long the circuit stays open, in milliseconds, at least 0: a number, or by the trips since it was last closed. */
export type ResetTimeout = number | ((trips: number, random: () => number) => number);

/** The options of a breaker; one given as `undefined` is absent. */
export interface CircuitBreakerOptions extends ChangeableOptions {
  /** Told of everything that happens, in order. Default: none. */
  readonly listeners?: readonly CircuitListener[] | undefined;
  /** Shares the circuit with every breaker of this name on the same storage. Default: none. */
  readonly storage?: CircuitStorage | undefined;
  /** What the breakers that share a circuit tell each other. Only with `storage`. Default: `shareOutcomes()`. */
  readonly sharing?: Sharing | undefined;
  /** Where time comes from. Default: the process's monotonic clock. */
  readonly clock?: Clock | undefined;
  /** Where chance comes from: numbers from 0 up to 1. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** The options that `configure` can change while the breaker runs. */
export interface ChangeableOptions {
  /** Failures in a row that trip the circuit: an integer of at least 1. Not together with `trip`. Default: 5. */
  readonly failureThreshold?: number | undefined;
  /** When the circuit trips. Default: `consecutiveFailures(5)`. */
  readonly trip?: TripPolicy | undefined;
  /** How long the circuit stays open, in milliseconds, at least 0. Default: 60 000. */
  readonly resetTimeoutMs?: ResetTimeout | undefined;
  /** Trial successes that close the circuit: an integer of at least 1. Default: 1. */
  readonly successThreshold?: number | undefined;
  /** Trials in flight at once: an integer of at least 1. Default: 1. */
  readonly maxTrials?: number | undefined;
  /**
   * A trial's deadline, in milliseconds, above 0, and not below `timeoutMs`; longer than any honest call. Default: 30 000,
   * or `timeoutMs` where that is longer.
   */
  readonly trialTimeoutMs?: number | undefined;
  /** How long a call may take, in milliseconds, above 0, before it is aborted and has failed. Default: for ever. */
  readonly timeoutMs?: number | undefined;
  /** Errors that are answers (not found, invalid): they count as successes. Default: none. */
  readonly exclude?: readonly ErrorMatcher[] | undefined;
  /** Errors that say nothing about the dependency: they count as neither. Default: none. */
  readonly ignore?: readonly ErrorMatcher[] | undefined;
  /** Judges outcomes before `exclude` and `ignore` do, values too. Default: none. */
  readonly classify?: Classify | undefined;
  /**
   * Whether the failing call that trips the circuit, or fails a trial, rejects with a `CircuitTrippedError` whose `cause`
   * is the original error, rather than with the original. Default: true.
   */
  readonly throwNewErrorOnTrip?: boolean | undefined;
  /** Whether a `CircuitOpenError` carries a stack trace, most of what it costs. Default: false. */
  readonly rejectionStackTrace?: boolean | undefined;
  /**
   * How long a call waits for a trial's place from the storage, or for the storage's first answer, in milliseconds, at least 0.
   * Only with `storage`. Default: 100.
   */
  readonly leaseTimeoutMs?: number | undefined;
  /**
   * How long the storage may take to answer before it counts as out of reach, in milliseconds, above 0. Only with `storage`.
   * Default: 500.
   */
  readonly storageTimeoutMs?: number | undefined;
  /**
   * How often the storage is asked, at least, what the circuit is, while the breaker is in use: in milliseconds, above 0. While the
   * circuit is not closed, every 500 ms at least. Only with `storage`. Default: 5 000.
   */
  readonly syncIntervalMs?: number | undefined;
}

/** All options, with their defaults: enough to make a breaker like this one. */
export interface ResolvedOptions extends CircuitBreakerOptions {
  readonly resetTimeoutMs: ResetTimeout;
  readonly successThreshold: number;
  readonly maxTrials: number;
  readonly trialTimeoutMs: number;
  readonly timeoutMs: number | undefined;
  readonly exclude: readonly ErrorMatcher[];
  readonly ignore: readonly ErrorMatcher[];
  readonly classify: Classify | undefined;
  readonly throwNewErrorOnTrip: boolean;
  readonly rejectionStackTrace: boolean;
  readonly listeners: readonly CircuitListener[];
  readonly clock: Clock;
  readonly random: () => number;
}
