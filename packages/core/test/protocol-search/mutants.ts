import type { Mutant } from './mutant.js';
import { CLOCK_MUTANTS } from './mutants-of-clocks.js';
import { FENCE_MUTANTS } from './mutants-of-fences.js';
import { HEARING_MUTANTS } from './mutants-of-hearings.js';
import { LEASE_MUTANTS } from './mutants-of-leases.js';
import { VIEW_MUTANTS } from './mutants-of-views.js';
import { WRITE_MUTANTS } from './mutants-of-writes.js';

export const MUTANTS: readonly Mutant[] = [
  ...WRITE_MUTANTS,
  ...FENCE_MUTANTS,
  ...LEASE_MUTANTS,
  ...HEARING_MUTANTS,
  ...VIEW_MUTANTS,
  ...CLOCK_MUTANTS,
];
