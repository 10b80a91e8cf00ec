import { type Bounds, within } from './bounds.js';
import { ONE_OF_ONE } from './bounds-of-leases.js';
import { closedRecord, openRecord, worldWith } from './starts.js';
import { TICK } from './world.js';

const BOTH = [ONE_OF_ONE, ONE_OF_ONE];
/** Further than the storage's clock may go back without being noticed, and less far. */
const FAR = 5_000;
const NEAR = 2 * TICK;

export const FAULT_BOUNDS: readonly Bounds[] = [
  within({
    name: 'a storage that forgets',
    settings: BOTH,
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, poll: 1, forget: 1 },
  }),
  within({
    name: 'a storage that forgets reports',
    settings: BOTH,
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 2, poll: 1, forget: 1 },
  }),
  within({
    name: 'a fail-over among leases',
    settings: BOTH,
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, poll: 1, 'fail over': 1 },
  }),
  within({
    name: 'a fail-over among reports',
    settings: BOTH,
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 1, rule: 2, poll: 1, 'fail over': 1 },
    rulings: ['close'],
  }),
  within({
    name: 'alone and back, from closed',
    settings: BOTH,
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 2, tick: 1, 'give up': 1 },
  }),
  within({
    name: 'alone and back, from open',
    settings: BOTH,
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 2, poll: 1, 'give up': 1 },
  }),
  within({
    name: 'rulings in doubt, and a trial',
    settings: BOTH,
    start: worldWith(openRecord(0), 2),
    atMost: { ask: 1, rule: 1, 'give up': 1 },
    rulings: ['half-open'],
  }),
  within({
    name: 'rulings in doubt',
    settings: BOTH,
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { rule: 2, poll: 1, 'give up': 1 },
    rulings: ['open', 'isolate', 'close'],
  }),
  within({
    name: 'steps of the clock among leases',
    settings: BOTH,
    start: worldWith(openRecord(TICK), 2),
    atMost: { ask: 2, tick: 1, step: 1 },
    stepsMs: [-FAR, NEAR],
  }),
  within({
    name: 'steps of the clock among reports',
    settings: BOTH,
    start: worldWith(closedRecord(ONE_OF_ONE), 2),
    atMost: { fail: 2, tick: 1, step: 1 },
    mustOpenIn: 5,
    stepsMs: [-FAR, NEAR, FAR],
  }),
  within({
    name: 'a silence in which records expire',
    settings: BOTH,
    start: worldWith(openRecord(TICK), 2),
    atMost: { ask: 2, fail: 1, poll: 2, pause: 1 },
    pauseMs: 100_000,
  }),
  within({
    name: 'a process that knows nothing yet',
    settings: BOTH,
    start: withCold(worldWith(openRecord(0), 2)),
    atMost: { poll: 1, rule: 1, 'give up': 1 },
    rulings: ['isolate'],
  }),
];

/** The last process has just begun to read. */
function withCold(world: Bounds['start']): Bounds['start'] {
  const view = { record: undefined, circuit: undefined, isKnown: false, highestEpoch: 0, aheadMs: 0 };
  const operation = { commit: undefined, hasMoved: false, answer: undefined };
  return { ...world, processes: world.processes.map((each, at) => (at === 0 ? each : { ...each, view, operation })) };
}
