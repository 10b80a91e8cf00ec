import type { SimulatedBreakerOptions } from '../../src/simulation/simulation-options.js';
import { BusyFleet } from '../hearing/busy-fleet.js';
import { type Rates, ratesOf } from './rates.js';

/** What a fleet asks of its storage in one situation. */
export interface SituationCost {
  readonly situation: string;
  readonly rates: Rates;
  /** How many processes have lost the storage, and went on alone, at the end. */
  readonly degraded: number;
}

/** How many of the calls fail; in this order, each after the other. All this is as in `pnpm costs fleets`. */
const SITUATIONS = {
  'all succeed': 0,
  '1 % fail': 0.01,
  '10 % fail': 0.1,
  'all fail': 1,
  'all succeed again': 0,
} as const;
export const CALLS_PER_SECOND = 50;
const SITUATION_MS = 5_000;
const OPTIONS: SimulatedBreakerOptions = {
  resetTimeoutMs: 1_000,
  successThreshold: 1,
  maxTrials: 1,
  trialTimeoutMs: 30_000,
};

/** Takes a fleet through all situations; tells of each when it is over. */
export async function* simulateSituations(
  processes: number,
  options: SimulatedBreakerOptions,
): AsyncGenerator<SituationCost> {
  const fleet = new BusyFleet(1, processes, { ...OPTIONS, ...options });
  await fleet.run(0, 100);
  fleet.takeTraffic(); // the first looks
  for (const [situation, failing] of Object.entries(SITUATIONS)) {
    fleet.world.failing = failing;
    await fleet.run(CALLS_PER_SECOND, SITUATION_MS);
    const degraded = fleet.world.places.filter(({ isDegraded }) => isDegraded).length;
    yield { situation, rates: ratesOf(fleet.takeTraffic(), SITUATION_MS, processes), degraded };
  }
}
