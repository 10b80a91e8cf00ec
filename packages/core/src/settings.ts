import type { ErrorMatcher } from './call/error-matcher.js';
import type { Jury } from './call/judge.js';
import type { Classify } from './call/outcome.js';
import { checkKeys, checkMembers, refuse } from './check.js';
import { type Clock, systemClock } from './clock.js';
import { resolveSharing, type Sharing, shareOutcomes } from './fleet/sharing.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import { FIXED_OPTIONS, OPTIONS } from './option-checks.js';
import {
  type ChangeableOptions,
  type CircuitBreakerOptions,
  DEFAULT_FAILURE_THRESHOLD,
  DEFAULT_LEASE_TIMEOUT_MS,
  DEFAULT_MAX_TRIALS,
  DEFAULT_RESET_TIMEOUT_MS,
  DEFAULT_STORAGE_TIMEOUT_MS,
  DEFAULT_SUCCESS_THRESHOLD,
  DEFAULT_SYNC_INTERVAL_MS,
  DEFAULT_TRIAL_TIMEOUT_MS,
  type ResetTimeout,
  type ResolvedOptions,
} from './options.js';
import { consecutiveFailures } from './policy/consecutive-failures.js';
import type { TripPolicy } from './policy/trip-policy.js';
import type { CircuitStorage } from './storage/circuit-storage.js';

export const DEFAULT_POLICY = consecutiveFailures(DEFAULT_FAILURE_THRESHOLD) as TripPolicy;
const DEFAULT_SHARING = shareOutcomes();
const NONE: readonly never[] = Object.freeze([]);

/**
 * The options as a breaker goes by them: checked, with their defaults, and frozen. Its own fields are the options; what
 * follows from them is private, so that a copy of the fields makes a breaker like this one.
 */
export class Settings implements ResolvedOptions, Jury {
  declare readonly failureThreshold?: number;
  declare readonly trip?: TripPolicy;
  declare readonly storage?: CircuitStorage;
  declare readonly sharing?: Sharing;
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
  readonly #policy: TripPolicy;

  protected constructor(given: CircuitBreakerOptions) {
    this.resetTimeoutMs = given.resetTimeoutMs ?? DEFAULT_RESET_TIMEOUT_MS;
    this.successThreshold = given.successThreshold ?? DEFAULT_SUCCESS_THRESHOLD;
    this.maxTrials = given.maxTrials ?? DEFAULT_MAX_TRIALS;
    this.timeoutMs = given.timeoutMs;
    this.trialTimeoutMs = given.trialTimeoutMs ?? defaultTrialTimeoutMs(given);
    this.exclude = frozenCopy(given.exclude);
    this.ignore = frozenCopy(given.ignore);
    this.classify = given.classify;
    this.throwNewErrorOnTrip = given.throwNewErrorOnTrip ?? true;
    this.rejectionStackTrace = given.rejectionStackTrace ?? false;
    this.listeners = frozenCopy(given.listeners);
    this.clock = given.clock ?? systemClock;
    this.random = given.random ?? Math.random;
    const { failureThreshold = DEFAULT_FAILURE_THRESHOLD, trip } = given;
    if (trip === undefined) this.failureThreshold = failureThreshold;
    else this.trip = trip;
    this.#policy = trip ?? policyOf(failureThreshold);
  }

  static readonly #defaults = Settings.#checked({});

  /** @throws TypeError or RangeError that names the option, its value and what was expected */
  static of(given: CircuitBreakerOptions | undefined): Settings {
    if (given === undefined) return Settings.#defaults;
    if (given instanceof Settings) return given;
    checkKeys('options', given, Object.keys(OPTIONS));
    return Settings.#checked(given);
  }

  static #checked(given: CircuitBreakerOptions): Settings {
    checkMembers('', given, OPTIONS);
    checkTogether(given);
    const { storage } = given;
    const settings = storage === undefined ? new Settings(given) : new SharedSettings(given, storage);
    Object.freeze(settings);
    return settings;
  }

  /** @throws TypeError or RangeError that names the option, its value and what was expected */
  with(changes: ChangeableOptions): Settings {
    checkKeys('changes', changes, Object.keys(OPTIONS));
    for (const [option, value] of Object.entries(changes)) {
      if (option in FIXED_OPTIONS) refuse(TypeError, option, value, 'left as it is while the breaker runs');
    }
    return Settings.#checked({
      ...this,
      ...(this.trialTimeoutMs === defaultTrialTimeoutMs(this) && { trialTimeoutMs: undefined }),
      ...(changes.trip !== undefined && { failureThreshold: undefined }),
      ...(changes.failureThreshold !== undefined && { trip: undefined }),
      ...changes,
    });
  }

  get policy(): TripPolicy {
    return this.#policy;
  }

  /** Whether the circuit is shared. */
  isShared(): this is SharedSettings {
    return this.storage !== undefined;
  }

  /** Whether outcomes are judged by how long they took. */
  get timesCalls(): boolean {
    return this.classify !== undefined || this.#policy.slowCallMs !== undefined;
  }
}

/** The settings of a breaker that shares its circuit: no other one keeps what only that needs. */
export class SharedSettings extends Settings {
  declare readonly storage: CircuitStorage;
  declare readonly sharing: Sharing;
  readonly leaseTimeoutMs: number;
  readonly storageTimeoutMs: number;
  readonly syncIntervalMs: number;

  constructor(given: CircuitBreakerOptions, storage: CircuitStorage) {
    super(given);
    this.storage = storage;
    this.sharing = given.sharing === undefined ? DEFAULT_SHARING : resolveSharing('sharing', given.sharing);
    this.leaseTimeoutMs = given.leaseTimeoutMs ?? DEFAULT_LEASE_TIMEOUT_MS;
    this.storageTimeoutMs = given.storageTimeoutMs ?? DEFAULT_STORAGE_TIMEOUT_MS;
    this.syncIntervalMs = given.syncIntervalMs ?? DEFAULT_SYNC_INTERVAL_MS;
    if (this.sharing.kind === 'outcomes' && this.policy.mergeable !== true) {
      refuse(TypeError, 'trip', this.policy.key, 'a mergeable policy, unless sharing is shareTrips()');
    }
  }
}

/** Refuses options that are fine each by itself. */
function checkTogether({ failureThreshold, trip, trialTimeoutMs, timeoutMs }: CircuitBreakerOptions): void {
  if (failureThreshold !== undefined && trip !== undefined) {
    refuse(TypeError, 'failureThreshold', failureThreshold, 'absent where trip is given');
  }
  if (trialTimeoutMs !== undefined && timeoutMs !== undefined && trialTimeoutMs < timeoutMs) {
    refuse(RangeError, 'trialTimeoutMs', trialTimeoutMs, `at least timeoutMs (${timeoutMs})`);
  }
}

function policyOf(failureThreshold: number): TripPolicy {
  return failureThreshold === DEFAULT_FAILURE_THRESHOLD
    ? DEFAULT_POLICY
    : (consecutiveFailures(failureThreshold) as TripPolicy);
}

function defaultTrialTimeoutMs({ timeoutMs = 0 }: CircuitBreakerOptions): number {
  return Math.max(DEFAULT_TRIAL_TIMEOUT_MS, timeoutMs);
}

/** The caller's array may change; an empty one need not be kept for every breaker. */
function frozenCopy<T>(given: readonly T[] = NONE): readonly T[] {
  return given.length === 0 ? NONE : Object.freeze([...given]);
}
