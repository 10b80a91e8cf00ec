import { type Bounds, within } from './bounds.js';
import { openRecord, settingsWith, worldWith } from './starts.js';
import { TICK } from './world.js';

export const ONE_OF_ONE = settingsWith();
export const TWO_OF_TWO = settingsWith({ maxTrials: 2, successThreshold: 2 });

export const LEASE_BOUNDS: readonly Bounds[] = [
  within({
    name: 'leases and settlements, one place',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 3, tick: 1 },
    tickMs: 2 * TICK,
  }),
  within({
    name: 'leases and settlements, two places',
    settings: [TWO_OF_TWO, TWO_OF_TWO],
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 3 },
  }),
  within({
    name: 'three processes and one place',
    settings: [ONE_OF_ONE, ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(openRecord(0), 3),
    atMost: { ask: 3 },
  }),
  within({
    name: 'leases in doubt',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, tick: 1, 'give up': 1 },
    tickMs: 2 * TICK,
  }),
  within({
    name: 'a holder that dies',
    settings: [TWO_OF_TWO, TWO_OF_TWO],
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, tick: 1, crash: 1 },
    tickMs: 2 * TICK,
  }),
];
