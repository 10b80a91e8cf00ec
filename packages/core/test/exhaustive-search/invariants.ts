import type { Bounds } from './bounds.js';
import { CIRCUIT_INVARIANTS } from './invariants-of-circuits.js';
import { OUTCOME_INVARIANTS } from './invariants-of-outcomes.js';
import { TRIAL_INVARIANTS } from './invariants-of-trials.js';
import type { Step } from './step.js';

/** Something that holds at every step, by its name. */
export type Invariants = Readonly<Record<string, (step: Step, bounds: Bounds) => boolean>>;

const INVARIANTS = Object.entries({ ...CIRCUIT_INVARIANTS, ...OUTCOME_INVARIANTS, ...TRIAL_INVARIANTS });

export const NAMES = INVARIANTS.map(([name]) => name);

/** The first invariant that a step breaks. */
export function brokenBy(step: Step, bounds: Bounds): string | undefined {
  if (step.happening.type === 'tick' || step.happening.type === 'configure') return undefined;
  return INVARIANTS.find(([, holds]) => !holds(step, bounds))?.[0];
}
