import type { Bounds } from './bounds.js';
import { EPOCH_INVARIANTS } from './invariants-of-epochs.js';
import { HEARING_INVARIANTS } from './invariants-of-hearings.js';
import { LEASE_INVARIANTS } from './invariants-of-leases.js';
import { VIEW_INVARIANTS } from './invariants-of-views.js';
import type { Step } from './step.js';

/** Something that holds at every step, by its name. */
export type Invariants = Readonly<Record<string, (step: Step, bounds: Bounds) => boolean>>;

const INVARIANTS = Object.entries({
  ...EPOCH_INVARIANTS,
  ...LEASE_INVARIANTS,
  ...HEARING_INVARIANTS,
  ...VIEW_INVARIANTS,
});

export const NAMES = INVARIANTS.map(([name]) => name);

/** The first invariant that a step breaks. */
export function brokenBy(step: Step, bounds: Bounds): string | undefined {
  return INVARIANTS.find(([, holds]) => !holds(step, bounds))?.[0];
}
