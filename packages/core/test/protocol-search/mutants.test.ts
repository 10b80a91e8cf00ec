import { describe, expect, it } from 'vitest';
import { ALL_BOUNDS } from './all-bounds.js';
import { NAMES } from './invariants.js';
import { LIVENESS_NAMES } from './liveness.js';
import type { Mutant } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { REAL_PROTOCOL } from './protocol.js';
import { search } from './search.js';

/** The invariant that catches a mutant. */
function catcherOf(mutant: Mutant): string | undefined {
  const bounds = ALL_BOUNDS.find(({ name }) => name === mutant.within);
  return bounds && search(bounds, mutant.of(REAL_PROTOCOL)).violation?.invariant;
}

describe('the search of the protocol', { timeout: 120_000 }, () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('would notice if %s', (_, mutant) => {
    expect(catcherOf(mutant)).toBe(mutant.breaks);
  });

  it('has no invariant that no mutant needs', () => {
    expect(new Set(MUTANTS.map(({ breaks }) => breaks))).toEqual(new Set([...NAMES, ...LIVENESS_NAMES]));
  });

  it('has no two mutants of one name, nor two bounds', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(new Set(ALL_BOUNDS.map(({ name }) => name)).size).toBe(ALL_BOUNDS.length);
  });
});
