import { shareOutcomes, shareTrips } from '../../src/fleet/sharing.js';
import { consecutiveFailures } from '../../src/policy/consecutive-failures.js';
import { failureRate } from '../../src/policy/failure-rate.js';
import type { TripPolicy } from '../../src/policy/trip-policy.js';
import { type Bounds, within } from './bounds.js';
import { ONE_OF_ONE } from './bounds-of-leases.js';
import { closedRecord, FIRST_EPOCH, openRecord, settingsWith, traced, worldWith } from './starts.js';
import { TICK } from './world.js';

const HASTY = settingsWith({
  trip: traced(consecutiveFailures(1) as TripPolicy),
  sharing: shareOutcomes({ hearingMs: 0 }),
});

const WITH_WINDOW = settingsWith({
  trip: traced(failureRate({ threshold: 0.5, windowMs: 4 * TICK, minimumCalls: 2 }) as TripPolicy),
});

const VOTING = settingsWith({ sharing: shareTrips({ quorum: 2 }) });

export const REPORT_BOUNDS: readonly Bounds[] = [
  within({
    name: 'reports',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 3, succeed: 1 },
  }),
  within({
    name: 'reports in doubt, and nothing stored at first',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(undefined, 2),
    atMost: { fail: 2, tick: 1, 'give up': 1 },
  }),
  within({
    name: 'late results',
    settings: [HASTY, HASTY],
    start: worldWith(closedRecord(HASTY), 2, {
      calls: [{ isOfThisEpoch: true, epoch: { epoch: FIRST_EPOCH, era: 'first' } }],
    }),
    atMost: { fail: 1, ask: 1, tick: 1 },
  }),
  within({
    name: 'calls that outlive a round, and pushes',
    settings: [HASTY, HASTY],
    start: worldWith(openRecord(0), 2, { calls: [{ isOfThisEpoch: false, epoch: { epoch: 1, era: 'before' } }] }),
    atMost: { ask: 1, poll: 1 },
    hasPushes: true,
  }),
  within({
    name: 'a hearing where everybody is heard',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 3, succeed: 1, tick: 1 },
    isPrompt: true,
    mustOpenIn: 4,
  }),
  within({
    name: 'a hearing whose opener dies',
    settings: [ONE_OF_ONE, ONE_OF_ONE],
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 4, pause: 1, crash: 1 },
    isPrompt: true,
    mustOpenIn: 4,
  }),
  within({
    name: 'a window',
    settings: [WITH_WINDOW, WITH_WINDOW],
    start: worldWith(closedRecord(WITH_WINDOW), 2),
    atMost: { fail: 2, succeed: 1, tick: 1 },
    tickMs: 2 * TICK,
  }),
  within({
    name: 'votes',
    settings: [VOTING, VOTING],
    start: worldWith(closedRecord(VOTING), 2),
    atMost: { vote: 2, tick: 1, 'give up': 1 },
  }),
];
