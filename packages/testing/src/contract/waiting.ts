import { letPromisesRun, real } from '../let-promises-run.js';

const QUICK_TURNS = 20;
const PAUSES = 200;
const PAUSE_MS = 5;

/** Lets real time pass: the clock of a storage may be a real one, and its pushes may come from far away. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void real.setTimeout(resolve, ms));
}

/** Waits until something holds, for a second or, on a busy machine, a little more; says whether it does. */
export async function eventually(condition: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < QUICK_TURNS + PAUSES && !condition(); turn++) {
    await (turn < QUICK_TURNS ? letPromisesRun() : pause(PAUSE_MS));
  }
  return condition();
}
