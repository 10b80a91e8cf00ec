import { shareOutcomes, shareTrips } from '../../src/fleet/sharing.js';
import { consecutiveFailures } from '../../src/policy/consecutive-failures.js';
import { failureRate } from '../../src/policy/failure-rate.js';
import type { TripPolicy } from '../../src/policy/trip-policy.js';
import { type Bounds, within } from './bounds.js';
import { ONE_OF_ONE, TWO_OF_TWO } from './bounds-of-leases.js';
import { closedRecord, openRecord, settingsWith, traced, worldWith } from './starts.js';
import { TICK } from './world.js';

const HASTIER = settingsWith({
  trip: traced(consecutiveFailures(1) as TripPolicy),
  resetTimeoutMs: 3 * TICK,
  sharing: shareOutcomes({ hearingMs: 2 * TICK }),
});

const OTHER_POLICY = settingsWith({
  trip: traced(failureRate({ threshold: 0.5, windowMs: 4 * TICK, minimumCalls: 1 }) as TripPolicy),
});

const VOTING = settingsWith({ sharing: shareTrips() });

export const OPTION_BOUNDS: readonly Bounds[] = [
  within({
    name: 'one place here and two there',
    settings: [ONE_OF_ONE, TWO_OF_TWO],
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, rule: 1 },
    rulings: ['half-open'],
  }),
  within({
    name: 'two thresholds and two lengths of hearings',
    settings: [ONE_OF_ONE, HASTIER],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 2, tick: 3 },
    mustOpenIn: 6,
  }),
  within({
    name: 'two policies',
    settings: [ONE_OF_ONE, OTHER_POLICY],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 3, tick: 1 },
    mustOpenIn: 4,
  }),
  within({
    name: 'outcomes here and votes there',
    settings: [ONE_OF_ONE, VOTING],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 2, vote: 1, tick: 1 },
    mustOpenIn: 4,
  }),
];
