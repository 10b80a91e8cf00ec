import { assert } from './assertions.js';
import type { Setting, StorageTests } from './storage-test.js';
import { pause } from './waiting.js';

/** Clocks may be read in whole milliseconds. */
const ROUNDING_MS = 1;
const WAIT_MS = 5;

export const timing: StorageTests = {
  'tells what its clock says, in milliseconds': async (setting) => {
    await checkTime(setting);
  },

  'has a clock that goes on': async (setting) => {
    const first = await checkTime(setting);
    await pause(WAIT_MS);
    const last = await checkTime(setting);
    assert(last >= first, `time must not go back, but went from ${first} to ${last}`);
  },
};

/** Compares all that tells the time with what is seen from outside; gives the last of it. */
async function checkTime({ storage, name, now }: Setting): Promise<number> {
  const earliest = (await now()) ?? Number.NEGATIVE_INFINITY;
  let asked: number | undefined;
  const updated = await storage.update(name, (_, now) => {
    asked = now;
    return undefined;
  });
  const read = await storage.read(name);
  const latest = (await now()) ?? Number.POSITIVE_INFINITY;
  const told = {
    'what change is asked with': asked,
    'what update answers': updated.now,
    'what read answers': read.now,
  };
  for (const [what, instant] of Object.entries(told)) {
    assert(Number.isFinite(instant), `the time in ${what} must be a finite number, but is ${String(instant)}`);
    const isRight = (instant as number) >= earliest - ROUNDING_MS && (instant as number) <= latest + ROUNDING_MS;
    assert(isRight, `the time in ${what} must be from ${earliest} to ${latest}, but is ${String(instant)}`);
  }
  return read.now;
}
