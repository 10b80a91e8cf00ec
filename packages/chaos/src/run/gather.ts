import { until } from '@breaker/redis-server-for-tests';
import type { Fleet } from '../fleet/fleet.js';
import type { Shown } from '../history/history-event.js';
import { machineTime } from '../history/machine-time.js';
import { asStoredCircuit } from '../history/stored-circuit.js';
import { pause } from '../pause.js';

/** A circuit that has been open, whose processes ask for the storage every 5 s at the longest, is closed long before. */
const WITHIN_MS = 30_000;
/** What was reported last is committed then. */
const SETTLED_AFTER_MS = 500;
/** All polls have come by then. */
const CALM_MS = 1_500;

/**
 * Nothing is broken any more, and the dependency is up: waits until the fleet is closed and together, and looks on for a while how
 * calm it is. Gives the time that it took; `undefined` where it took too long. What it has come to is in the history.
 */
export async function gather(fleet: Fleet): Promise<number | undefined> {
  const since = machineTime();
  fleet.meet('up');
  try {
    await until('the fleet is closed', () => bringToClose(fleet), WITHIN_MS);
  } catch {
    await note(fleet, since);
    return undefined;
  }
  const tookMs = machineTime() - since;
  await pause(SETTLED_AFTER_MS);
  fleet.notes.write({ type: 'calm-began' });
  await pause(CALM_MS);
  fleet.notes.write({ type: 'calm-ended' });
  // A machine that is busy may just have kept one from the storage.
  await until('the fleet is closed', () => isClosed(fleet), WITHIN_MS).catch(() => undefined);
  await note(fleet, since);
  return tookMs;
}

/**
 * Whether it is closed by now. What was ruled by hand stays so until somebody closes it, as often as it comes back: with a server
 * that has lost the last writes.
 */
async function bringToClose(fleet: Fleet): Promise<boolean> {
  const [first] = fleet.members;
  const shown = await lookAtAll(fleet);
  if (shown.some(({ state }) => state === 'isolated' || state === 'disabled')) await first?.rule('close');
  return isClosed(fleet);
}

async function isClosed(fleet: Fleet): Promise<boolean> {
  const shown = await lookAtAll(fleet);
  const stored = asStoredCircuit(await fleet.stored());
  return (
    (stored?.state ?? 'closed') === 'closed' && shown.every(({ state, degraded }) => state === 'closed' && !degraded)
  );
}

async function note(fleet: Fleet, since: number): Promise<void> {
  const shown = await lookAtAll(fleet);
  fleet.notes.write({ type: 'gathered', since, stored: await fleet.stored(), shown });
}

function lookAtAll(fleet: Fleet): Promise<Shown[]> {
  return Promise.all(fleet.members.map((member) => member.look()));
}
