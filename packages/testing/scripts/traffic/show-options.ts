import { shareOutcomes, shareTrips } from '@breaker/core';
import type { SimulatedBreakerOptions } from '../../src/simulation/simulation-options.js';
import { BusyFleet } from '../../test/hearing/busy-fleet.js';
import { KINDS_OF_SHARING } from '../../test/traffic/kinds-of-sharing.js';
import { ratesOf } from '../../test/traffic/rates.js';
import { CALLS_PER_SECOND } from '../../test/traffic/situations.js';
import { RATES, showRates } from './show-rates.js';
import { showRow, showTable } from './show-table.js';

const byRate = KINDS_OF_SHARING['outcomes, by rate'];
const OPTIONS: readonly (readonly [what: string, processes: number, options: SimulatedBreakerOptions])[] = [
  ['defaults', 100, {}],
  ['flushIntervalMs 100', 100, flush(100)],
  ['flushIntervalMs 200', 100, flush(200)],
  ['flushIntervalMs 500', 100, flush(500)],
  ['flushIntervalMs 200', 1_000, flush(200)],
  ['hearingMs 50', 100, { sharing: shareOutcomes({ hearingMs: 50 }) }],
  ['hearingMs 500', 100, { sharing: shareOutcomes({ hearingMs: 500 }) }],
  ['failureThreshold 20', 100, { failureThreshold: 20 }],
  ['by rate', 100, byRate],
  ['by rate, flushIntervalMs 500', 100, { ...byRate, ...flush(500) }],
  ['trips, quorum 2', 1_000, { sharing: shareTrips({ quorum: 2 }) }],
  ['trips, quorum 50', 1_000, { sharing: shareTrips({ quorum: 50 }) }],
];
const QUIET_MS = 1_000;
const SOME_FAIL_MS = 10_000;
const LONGEST_MS = 10_000;

/** What options change where one call in ten fails, and then all. */
export async function showOptions(): Promise<void> {
  const heads = ['options', 'processes', ...RATES, 'trips', 'then open for all after'];
  showTable(`Options: ${CALLS_PER_SECOND} calls a second in each process, of which 10 % fail, and then all`, heads);
  for (const [what, processes, options] of OPTIONS) {
    const fleet = new BusyFleet(1, processes, options);
    await fleet.run(CALLS_PER_SECOND, QUIET_MS);
    fleet.takeTraffic();
    fleet.world.failing = 0.1;
    await fleet.run(CALLS_PER_SECOND, SOME_FAIL_MS);
    const rates = ratesOf(fleet.takeTraffic(), SOME_FAIL_MS, processes);
    const { trips } = fleet;
    fleet.world.failing = 1;
    const ms = await fleet.run(CALLS_PER_SECOND, LONGEST_MS, () => fleet.isOpenForAll);
    showRow([what, processes, ...showRates(rates), trips, `${ms} ms`]);
  }
}

function flush(flushIntervalMs: number): SimulatedBreakerOptions {
  return { sharing: shareOutcomes({ flushIntervalMs }) };
}
