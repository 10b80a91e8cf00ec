import { show } from '../check.js';
import type { FaultReporter } from '../open-for.js';

/** What chance is taken for where there is none to be had. */
const NO_CHANCE = 0.5;

/** Chance that never throws: what happens behind the back of calls must go on. The first fault is reported. */
export function safeRandom(random: () => number, faults: FaultReporter): () => number {
  let isReported = false;
  return () => {
    try {
      const chance = random();
      if (chance >= 0 && chance <= 1) return chance;
      throw new RangeError(`random must give a number from 0 up to 1, but gave ${show(chance)}`);
    } catch (error) {
      if (!isReported) faults.report(error, 'random');
      isReported = true;
      return NO_CHANCE;
    }
  };
}
