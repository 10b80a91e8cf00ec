import { describe, expect, it } from 'vitest';
import { ALL_BOUNDS } from './bounds.js';
import { NAMES } from './invariants.js';
import type { Mutant } from './mutant.js';
import { MUTANTS } from './mutants.js';
import { NO_WEDGE, PURITY, REAL_RULES, search } from './search.js';

const catchers = new Map<Mutant, string>();

/** The invariant that catches a mutant. */
function catcherOf(mutant: Mutant): string {
  const catcher = catchers.get(mutant) ?? findCatcherOf(mutant);
  catchers.set(mutant, catcher);
  return catcher;
}

function findCatcherOf(mutant: Mutant): string {
  for (const bounds of ALL_BOUNDS) {
    const { violation } = search(bounds, mutant.of(REAL_RULES));
    if (violation !== undefined) return violation.invariant;
  }
  return 'nothing';
}

function reportAll(): string {
  return MUTANTS.map((mutant) => `${mutant.name}: caught by "${catcherOf(mutant)}"`).join('\n');
}

describe('the exhaustive search', { timeout: 120_000 }, () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('would notice if %s', (_, mutant) => {
    expect(catcherOf(mutant), reportAll()).toBe(mutant.breaks);
  });

  it('has no invariant that no mutant needs', () => {
    expect(new Set(MUTANTS.map(({ breaks }) => breaks))).toEqual(new Set([...NAMES, NO_WEDGE, PURITY]));
  });

  it('has no two mutants of one name', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });
});
