import {
  type CircuitBreakerOptions,
  type FailureRateOptions,
  failureRate,
  type ShareOutcomesOptions,
  type ShareTripsOptions,
  shareOutcomes,
  shareTrips,
} from '@breaker/core';
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
  const { failureRate: rate, shareOutcomes: outcomes, shareTrips: trips, ...plain } = settings;
  return {
    ...plain,
    ...(rate && { trip: failureRate(rate) }),
    ...(outcomes && { sharing: shareOutcomes(outcomes) }),
    ...(trips && { sharing: shareTrips(trips) }),
  };
}
