import { type CircuitBreakerOptions, shareOutcomes, shareTrips } from '@breaker/core';
import type { DeployedOptions } from './simulation-step.js';

/** The options of the simulated breakers; storage, clock, chance and listeners are the simulation's own. */
export type SimulatedBreakerOptions = Omit<CircuitBreakerOptions, 'storage' | 'clock' | 'random' | 'listeners'>;

/** Small numbers, so that much happens in few steps. */
const DEFAULTS = {
  failureThreshold: 3,
  resetTimeoutMs: 1_000,
  successThreshold: 2,
  maxTrials: 2,
  trialTimeoutMs: 2_000,
} as const satisfies SimulatedBreakerOptions;

export function withDefaults(options: SimulatedBreakerOptions): SimulatedBreakerOptions {
  const { failureThreshold, ...others } = DEFAULTS;
  return options.trip === undefined ? { failureThreshold, ...others, ...options } : { ...others, ...options };
}

/** The options with those changed in which a process differs. */
export function deployed(options: SimulatedBreakerOptions, changes: DeployedOptions): SimulatedBreakerOptions {
  const { flushIntervalMs, hearingMs, quorum } = changes;
  const { sharing = shareOutcomes() } = options;
  return {
    ...options,
    ...changeable(options, changes),
    sharing:
      sharing.kind === 'trips'
        ? shareTrips({ quorum: quorum ?? sharing.quorum })
        : shareOutcomes({
            flushIntervalMs: flushIntervalMs ?? sharing.flushIntervalMs,
            hearingMs: hearingMs ?? sharing.hearingMs,
          }),
  };
}

/** Those of the changes that a running breaker can take over. */
export function changeable(options: SimulatedBreakerOptions, changes: DeployedOptions): SimulatedBreakerOptions {
  const { flushIntervalMs: _, hearingMs: __, quorum: ___, failureThreshold, trialTimeoutMs, ...others } = changes;
  return {
    ...others,
    ...(failureThreshold !== undefined && options.trip === undefined ? { failureThreshold } : {}),
    ...(trialTimeoutMs !== undefined && trialTimeoutMs >= (options.timeoutMs ?? 0) ? { trialTimeoutMs } : {}),
  };
}
