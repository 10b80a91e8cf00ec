import {
  type CircuitBreakerOptions,
  type Clock,
  type FailureRateOptions,
  failureRate,
  type ShareOutcomesOptions,
  type ShareTripsOptions,
  shareOutcomes,
  shareTrips,
} from '@breaker/core';
import { machineTime } from '../history/machine-time.js';
import type { Address } from './address.js';
import type { Dependency } from './dependency.js';

type PlainOption =
  | 'failureThreshold'
  | 'maxTrials'
  | 'successThreshold'
  | 'trialTimeoutMs'
  | 'timeoutMs'
  | 'leaseTimeoutMs'
  | 'storageTimeoutMs'
  | 'syncIntervalMs';

/** The options of a breaker, as far as JSON can carry them. */
export interface BreakerSettings extends Pick<CircuitBreakerOptions, PlainOption> {
  readonly resetTimeoutMs?: number;
  /** How much the process's own clock is ahead of the machine's. Default: 0 */
  readonly clockAheadMs?: number;
  readonly failureRate?: FailureRateOptions;
  readonly shareOutcomes?: ShareOutcomesOptions;
  readonly shareTrips?: ShareTripsOptions;
}

/** What a member's program is given: its only argument, as JSON. */
export interface MemberSettings {
  /** What it calls itself in the history. */
  readonly name: string;
  readonly address: Address;
  readonly namespace: string;
  readonly circuit: string;
  readonly breaker: BreakerSettings;
  /** How many calls it has under way at once, at most. */
  readonly flows: number;
  /** How long each flow rests between two calls, on average. */
  readonly pauseMs: number;
  readonly dependency: Dependency;
  /** How many times longer than by default storage operations may take. */
  readonly pace: number;
  readonly historyFile: string;
}

export function breakerOptions(settings: BreakerSettings): CircuitBreakerOptions {
  const { failureRate: rate, shareOutcomes: outcomes, shareTrips: trips, clockAheadMs = 0, ...plain } = settings;
  return {
    ...plain,
    ...(clockAheadMs !== 0 && { clock: clockAhead(clockAheadMs) }),
    ...(rate && { trip: failureRate(rate) }),
    ...(outcomes && { sharing: shareOutcomes(outcomes) }),
    ...(trips && { sharing: shareTrips(trips) }),
  };
}

function clockAhead(ms: number): Clock {
  return {
    now: () => machineTime() + ms,
    setTimeout: (run, afterMs) => setTimeout(run, afterMs),
    clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
  };
}
