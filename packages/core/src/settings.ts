import { compileMatchers, type ErrorMatcher, type MatchError } from './call/error-matcher.js';
import type { Jury } from './call/judge.js';
import type { Classify } from './call/outcome.js';
import {
  checkArray,
  checkBoolean,
  checkCount,
  checkDurationMs,
  checkDurationOrZeroMs,
  checkKeys,
  checkSynchronous,
  show,
} from './check.js';
import { type Clock, checkClock, systemClock } from './clock.js';
import type { Sharing } from './fleet/sharing.js';
import { checkListener } from './listener/check-listener.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import {
  CHANGEABLE_OPTIONS,
  type ChangeableOptions,
  type CircuitBreakerOptions,
  DEFAULT_FAILURE_THRESHOLD,
  DEFAULT_MAX_TRIALS,
  DEFAULT_RESET_TIMEOUT_MS,
  DEFAULT_SUCCESS_THRESHOLD,
  DEFAULT_TRIAL_TIMEOUT_MS,
  FIXED_OPTIONS,
  type ResetTimeout,
  type ResolvedOptions,
} from './options.js';
import { checkTripPolicy } from './policy/check-trip-policy.js';
import { consecutiveFailures } from './policy/consecutive-failures.js';
import type { TripPolicy } from './policy/trip-policy.js';
import { type SharingSettings, sharingSettings } from './sharing-settings.js';
import type { CircuitStorage } from './storage/circuit-storage.js';
import { withDefault } from './with-default.js';

export const DEFAULT_POLICY = consecutiveFailures(DEFAULT_FAILURE_THRESHOLD) as TripPolicy;

const NONE: readonly never[] = Object.freeze([]);

/** The settings of a breaker that shares its circuit. */
export type SharedSettings = Settings & SharingSettings;

/**
 * The options as a breaker goes by them: checked, with their defaults, and frozen. Its own fields are the options; what
 * follows from them is private, so that a copy of the fields makes a breaker like this one.
 */
export class Settings implements ResolvedOptions, Jury {
  declare readonly failureThreshold?: number;
  declare readonly trip?: TripPolicy;
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
  declare readonly storage?: CircuitStorage;
  declare readonly sharing?: Sharing;
  declare readonly leaseTimeoutMs?: number;
  declare readonly storageTimeoutMs?: number;
  declare readonly syncIntervalMs?: number;
  readonly #policy: TripPolicy;
  readonly #excluded: readonly MatchError[];
  readonly #ignored: readonly MatchError[];

  private constructor(given: CircuitBreakerOptions) {
    this.resetTimeoutMs = withDefault(
      'resetTimeoutMs',
      given.resetTimeoutMs,
      DEFAULT_RESET_TIMEOUT_MS,
      checkResetTimeout,
    );
    this.successThreshold = withDefault(
      'successThreshold',
      given.successThreshold,
      DEFAULT_SUCCESS_THRESHOLD,
      checkCount,
    );
    this.maxTrials = withDefault('maxTrials', given.maxTrials, DEFAULT_MAX_TRIALS, checkCount);
    this.timeoutMs = withDefault('timeoutMs', given.timeoutMs, undefined, checkDurationMs);
    this.trialTimeoutMs = resolveTrialTimeout(given.trialTimeoutMs, this.timeoutMs);
    this.exclude = frozenCopy('exclude', given.exclude);
    this.ignore = frozenCopy('ignore', given.ignore);
    this.classify = withDefault('classify', given.classify, undefined, checkSynchronous);
    this.throwNewErrorOnTrip = withDefault('throwNewErrorOnTrip', given.throwNewErrorOnTrip, true, checkBoolean);
    this.rejectionStackTrace = withDefault('rejectionStackTrace', given.rejectionStackTrace, false, checkBoolean);
    this.listeners = frozenCopy('listeners', given.listeners);
    this.clock = withDefault('clock', given.clock, systemClock, checkClock);
    this.random = withDefault('random', given.random, Math.random, checkSynchronous);
    this.#policy = resolvePolicy(given);
    this.#excluded = compileMatchers('exclude', this.exclude);
    this.#ignored = compileMatchers('ignore', this.ignore);
    for (const [index, listener] of this.listeners.entries()) checkListener(`listeners[${index}]`, listener);
    if (given.trip === undefined) this.failureThreshold = given.failureThreshold ?? DEFAULT_FAILURE_THRESHOLD;
    else this.trip = given.trip;
    Object.assign(this, sharingSettings(given, this.#policy));
    Object.freeze(this);
  }

  private static readonly defaults = new Settings({});

  /** @throws TypeError or RangeError that names the option, its value and what was expected */
  static of(given: CircuitBreakerOptions | undefined): Settings {
    if (given === undefined) return Settings.defaults;
    if (given instanceof Settings) return given;
    checkKeys('options', given, [...CHANGEABLE_OPTIONS, ...FIXED_OPTIONS]);
    return new Settings(given);
  }

  /** @throws TypeError or RangeError that names the option, its value and what was expected */
  with(changes: ChangeableOptions): Settings {
    checkKeys('changes', changes, [...CHANGEABLE_OPTIONS, ...FIXED_OPTIONS]);
    const fixed = FIXED_OPTIONS.find((option) => option in changes);
    if (fixed !== undefined) {
      throw new TypeError(
        `${fixed} must stay as it is while the breaker runs, but is given: ${show(changes[fixed as never])}`,
      );
    }
    const { failureThreshold, trip, trialTimeoutMs, ...kept } = this;
    const isDerived = trialTimeoutMs === resolveTrialTimeout(undefined, this.timeoutMs);
    return new Settings({
      ...kept,
      ...(changes.trip === undefined ? { failureThreshold } : {}),
      ...(changes.failureThreshold === undefined ? { trip } : {}),
      ...(isDerived ? {} : { trialTimeoutMs }),
      ...changes,
    });
  }

  get policy(): TripPolicy {
    return this.#policy;
  }

  get excluded(): readonly MatchError[] {
    return this.#excluded;
  }

  get ignored(): readonly MatchError[] {
    return this.#ignored;
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

function resolvePolicy({ trip, failureThreshold }: CircuitBreakerOptions): TripPolicy {
  if (failureThreshold !== undefined) checkCount('failureThreshold', failureThreshold);
  if (trip === undefined) {
    return failureThreshold === undefined ? DEFAULT_POLICY : (consecutiveFailures(failureThreshold) as TripPolicy);
  }
  if (failureThreshold !== undefined) {
    throw new TypeError(
      `failureThreshold (${failureThreshold}) is short for a trip policy: give it, or trip, not both`,
    );
  }
  checkTripPolicy('trip', trip);
  return trip;
}

function resolveTrialTimeout(given: number | undefined, timeoutMs: number | undefined): number {
  if (given === undefined) return Math.max(DEFAULT_TRIAL_TIMEOUT_MS, timeoutMs ?? 0);
  checkDurationMs('trialTimeoutMs', given);
  if (timeoutMs !== undefined && given < timeoutMs) {
    throw new RangeError(`trialTimeoutMs must not be below timeoutMs (${timeoutMs}), but is ${given}`);
  }
  return given;
}

function checkResetTimeout(name: string, value: unknown): void {
  if (typeof value === 'function') checkSynchronous(name, value);
  else checkDurationOrZeroMs(name, value);
}

/** The caller's array may change; an empty one need not be kept for every breaker. */
function frozenCopy<T>(name: string, given: readonly T[] | undefined): readonly T[] {
  if (given === undefined) return NONE;
  checkArray(name, given);
  return given.length === 0 ? NONE : Object.freeze([...given]);
}
