import { failureRate, shareTrips } from '@breaker/core';
import type { SimulatedBreakerOptions } from '../../src/simulation/simulation-options.js';

/** Those of `pnpm costs fleets`. */
export const KINDS_OF_SHARING = {
  outcomes: {},
  'outcomes, by rate': { trip: failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 20 }) },
  'trips, quorum 2': { sharing: shareTrips({ quorum: 2 }) },
} as const satisfies Readonly<Record<string, SimulatedBreakerOptions>>;
