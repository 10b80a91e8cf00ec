import type { Mutant } from './mutant.js';
import { FENCE_MUTANTS } from './mutants-of-fences.js';
import { LEASE_MUTANTS } from './mutants-of-leases.js';
import { ROUND_MUTANTS } from './mutants-of-rounds.js';
import { STATE_MUTANTS } from './mutants-of-states.js';

export const MUTANTS: readonly Mutant[] = [...STATE_MUTANTS, ...FENCE_MUTANTS, ...LEASE_MUTANTS, ...ROUND_MUTANTS];
