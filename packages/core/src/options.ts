import { compileMatchers, type ErrorMatcher } from './call/error-matcher.js';
import type { Jury } from './call/judge.js';
import type { Classify } from './call/outcome.js';
import {
  checkArray,
  checkBoolean,
  checkCount,
  checkDurationMs,
  checkDurationOrZeroMs,
  checkFunction,
  checkKeys,
} from './check.js';
import { type Clock, checkClock, systemClock } from './clock.js';
import { checkListener } from './listener/check-listener.js';
import type { CircuitListener } from './listener/circuit-listener.js';
import { checkTripPolicy } from './policy/check-trip-policy.js';
import { consecutiveFailures } from './policy/consecutive-failures.js';
import type { TripPolicy } from './policy/trip-policy.js';

const DEFAULT_FAILURE_THRESHOLD = 5;
export const DEFAULT_POLICY = consecutiveFailures(DEFAULT_FAILURE_THRESHOLD) as TripPolicy;
export const DEFAULT_RESET_TIMEOUT_MS = 60_000;
const DEFAULT_SUCCESS_THRESHOLD = 1;
const DEFAULT_MAX_TRIALS = 1;
const DEFAULT_TRIAL_TIMEOUT_MS = 30_000;

/** How long the circuit stays open, in milliseconds, at least 0: a number, or by the trips since it was last closed. */
export type ResetTimeout = number | ((trips: number, random: () => number) => number);

/** The options of a breaker; one given as `undefined` is absent. */
export interface CircuitBreakerOptions extends ChangeableOptions {
  /** Told of everything that happens, in order. Default: none. */
  readonly listeners?: readonly CircuitListener[] | undefined;
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

/** The options as a breaker goes by them. */
export interface Settings extends Jury {
  readonly options: ResolvedOptions;
  readonly policy: TripPolicy;
  /** Whether `trialTimeoutMs` was given, or follows `timeoutMs`. */
  readonly hasOwnTrialTimeout: boolean;
  /** Whether outcomes are judged by how long they took. */
  readonly timesCalls: boolean;
}

const CHANGEABLE = [
  'failureThreshold',
  'trip',
  'resetTimeoutMs',
  'successThreshold',
  'maxTrials',
  'trialTimeoutMs',
  'timeoutMs',
  'exclude',
  'ignore',
  'classify',
  'throwNewErrorOnTrip',
  'rejectionStackTrace',
] as const satisfies readonly (keyof ChangeableOptions)[];

const FIXED = ['listeners', 'clock', 'random'] as const satisfies readonly (keyof CircuitBreakerOptions)[];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Leads from resolved options back to their settings, so that breakers made from the same ones share them. */
const SETTINGS = Symbol('settings');

/**
 * Checks options and fills in their defaults.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function resolveOptions(given: CircuitBreakerOptions | undefined): Settings {
  if (given === undefined) return DEFAULT_SETTINGS;
  checkKeys('options', given, [...CHANGEABLE, ...FIXED]);
  return (given as { [SETTINGS]?: Settings })[SETTINGS] ?? resolve(given);
}

/**
 * The settings with some options changed; `undefined` restores a default.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function changeOptions(settings: Settings, changes: ChangeableOptions): Settings {
  for (const fixed of FIXED) {
    if (Object.hasOwn(Object(changes), fixed)) throw new TypeError(`${fixed} cannot be changed by configure()`);
  }
  checkKeys('changes', changes, CHANGEABLE);
  const kept: Mutable<CircuitBreakerOptions> = { ...settings.options };
  if (!settings.hasOwnTrialTimeout) delete kept.trialTimeoutMs;
  if (changes.failureThreshold !== undefined) delete kept.trip;
  if (changes.trip !== undefined) delete kept.failureThreshold;
  return resolve({ ...kept, ...changes });
}

function resolve(given: CircuitBreakerOptions): Settings {
  const policy = resolvePolicy(given);
  const { trialTimeoutMs, hasOwnTrialTimeout } = resolveTrialTimeout(given);
  const { classify, exclude = [], ignore = [], listeners = [] } = given;
  if (classify !== undefined) checkFunction('classify', classify);
  const excluded = compileMatchers('exclude', exclude);
  const ignored = compileMatchers('ignore', ignore);
  checkArray('listeners', listeners);
  for (const [index, listener] of listeners.entries()) checkListener(`listeners[${index}]`, listener);
  const options: Mutable<ResolvedOptions> = {
    resetTimeoutMs: resolveResetTimeout(given.resetTimeoutMs),
    successThreshold: withDefault('successThreshold', given.successThreshold, DEFAULT_SUCCESS_THRESHOLD, checkCount),
    maxTrials: withDefault('maxTrials', given.maxTrials, DEFAULT_MAX_TRIALS, checkCount),
    trialTimeoutMs,
    timeoutMs: given.timeoutMs,
    exclude: frozenCopy(exclude),
    ignore: frozenCopy(ignore),
    classify,
    throwNewErrorOnTrip: withDefault('throwNewErrorOnTrip', given.throwNewErrorOnTrip, true, checkBoolean),
    rejectionStackTrace: withDefault('rejectionStackTrace', given.rejectionStackTrace, false, checkBoolean),
    listeners: frozenCopy(listeners),
    clock: withDefault('clock', given.clock, systemClock, checkClock),
    random: withDefault('random', given.random, Math.random, checkFunction),
  };
  if (given.trip === undefined) options.failureThreshold = given.failureThreshold ?? DEFAULT_FAILURE_THRESHOLD;
  else options.trip = given.trip;
  const timesCalls = classify !== undefined || policy.slowCallMs !== undefined;
  const settings: Settings = { options, policy, classify, excluded, ignored, hasOwnTrialTimeout, timesCalls };
  Object.defineProperty(options, SETTINGS, { value: settings });
  Object.freeze(options);
  return settings;
}

function resolvePolicy({ trip, failureThreshold }: CircuitBreakerOptions): TripPolicy {
  if (failureThreshold !== undefined) checkCount('failureThreshold', failureThreshold);
  if (trip === undefined) {
    return failureThreshold === undefined ? DEFAULT_POLICY : (consecutiveFailures(failureThreshold) as TripPolicy);
  }
  if (failureThreshold !== undefined) {
    throw new TypeError(`failureThreshold (${failureThreshold}) is short for a trip policy: give it, or trip, not both`);
  }
  checkTripPolicy('trip', trip);
  return trip;
}

function resolveTrialTimeout({ trialTimeoutMs, timeoutMs }: CircuitBreakerOptions): {
  trialTimeoutMs: number;
  hasOwnTrialTimeout: boolean;
} {
  if (timeoutMs !== undefined) checkDurationMs('timeoutMs', timeoutMs);
  if (trialTimeoutMs === undefined) {
    return { trialTimeoutMs: Math.max(DEFAULT_TRIAL_TIMEOUT_MS, timeoutMs ?? 0), hasOwnTrialTimeout: false };
  }
  checkDurationMs('trialTimeoutMs', trialTimeoutMs);
  if (timeoutMs !== undefined && trialTimeoutMs < timeoutMs) {
    throw new RangeError(`trialTimeoutMs must not be below timeoutMs (${timeoutMs}), but is ${trialTimeoutMs}`);
  }
  return { trialTimeoutMs, hasOwnTrialTimeout: true };
}

function resolveResetTimeout(given: ResetTimeout = DEFAULT_RESET_TIMEOUT_MS): ResetTimeout {
  if (typeof given !== 'function') checkDurationOrZeroMs('resetTimeoutMs', given);
  return given;
}

function withDefault<T>(
  name: string,
  given: T | undefined,
  fallback: T,
  check: (name: string, value: unknown) => void,
): T {
  if (given === undefined) return fallback;
  check(name, given);
  return given;
}

const NONE: readonly never[] = Object.freeze([]);

/** The caller's array may change; an empty one need not be kept for every breaker. */
function frozenCopy<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : Object.freeze([...list]);
}

const DEFAULT_SETTINGS = resolve({});
