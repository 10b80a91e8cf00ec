import type { Bounds } from './bounds.js';
import { FairRun } from './fair-run.js';
import { keyOf } from './key.js';
import type { Protocol } from './protocol.js';
import { NEVER, type World } from './world.js';

const SAME_VIEWS = 'once faults stop, polls make every view what is stored';
const NO_WEDGE = 'once faults stop, time and successful calls alone lead back to closed';
const OUTAGE_OPENS = 'where every call fails, the fleet opens within three hearings';
export const LIVENESS_NAMES = [SAME_VIEWS, NO_WEDGE, OUTAGE_OPENS];

const NOTHING: readonly never[] = [];

/** Enough for the longest way back: what is left of open, every success that is needed, and the leases of the dead. */
const TURNS = 12;

/** What does not come about from here. Looks only where nothing is on its way: that comes to its end elsewhere. */
export function brokenFrom(world: World, bounds: Bounds, protocol: Protocol, known: Set<string>): string | undefined {
  const { processes } = world;
  if (processes.some(({ operation }) => operation !== undefined) || processes.every(({ isAlive }) => !isAlive))
    return undefined;
  const key = keyOf({ ...world, pushes: NOTHING, late: NOTHING, spent: NEVER });
  if (known.has(key)) return undefined;
  known.add(key);
  const run = new FairRun(world, bounds, protocol, false);
  run.settle();
  run.poll();
  run.poll(); // the first one may have taught
  if (!hasSameViews(run.world)) return SAME_VIEWS;
  if (isRuled(run.world)) return undefined;
  const calm = run.world;
  if (!leadsBack(run)) return NO_WEDGE;
  return bounds.mustOpenIn === undefined || opens(new FairRun(calm, bounds, protocol, true), bounds.mustOpenIn)
    ? undefined
    : OUTAGE_OPENS;
}

function hasSameViews({ storage, processes }: World): boolean {
  const stored = JSON.stringify(storage.record);
  return processes.every(
    ({ isAlive, view, outage }) => !isAlive || (outage === undefined && JSON.stringify(view.record) === stored),
  );
}

function isRuled({ storage: { record } }: World): boolean {
  return record?.state === 'isolated' || record?.state === 'disabled';
}

function leadsBack(run: FairRun): boolean {
  for (let turn = 0; turn < TURNS; turn++) {
    if (isClosed(run.world)) return true;
    run.tick();
    run.poll();
    run.call('success');
  }
  return isClosed(run.world);
}

function isClosed({ storage: { record }, processes }: World): boolean {
  if (record !== undefined && record.state !== 'closed') return false;
  return processes.every(
    ({ isAlive, view }) => !isAlive || view.circuit === undefined || view.circuit.state === 'closed',
  );
}

/** From closed; elsewhere there is nothing to show. */
function opens(run: FairRun, turns: number): boolean {
  if (!isClosed(run.world)) return true;
  for (let turn = 0; turn < turns; turn++) {
    run.call('failure');
    run.tick();
    if (!isClosed(run.world)) return true;
  }
  return false;
}
