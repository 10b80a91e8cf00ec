import { describe, expect, it } from 'vitest';
import { simulateFleet, type Violation } from '../../src/index.js';
import type { Mutant } from './mutant.js';
import { MUTANTS } from './mutants.js';

const SEEDS = 60;

async function firstViolations({ wrap, simulation }: Mutant): Promise<readonly Violation[]> {
  for (let seed = 0; seed < SEEDS; seed++) {
    const { violations } = await simulateFleet({ seed, processes: 1 + (seed % 4), steps: 60, wrap, ...simulation });
    if (violations.length > 0) return violations;
  }
  return [];
}

describe(`a protocol without one of its guards is noticed within ${SEEDS} schedules`, { timeout: 60_000 }, () => {
  it.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', async (_, mutant) => {
    const violations = await firstViolations(mutant);
    expect(violations.map(({ invariant }) => invariant)).toContainEqual(expect.toBeOneOf([...mutant.breaks]));
  });

  it.each(
    MUTANTS.filter(({ simulation }) => simulation?.schedule !== undefined).map(
      (mutant) => [mutant.name, mutant] as const,
    ),
  )('with the guard, that schedule breaks nothing: %s', async (_, { simulation }) => {
    const { violations } = await simulateFleet({ seed: 1, ...simulation });
    expect(violations).toEqual([]);
  });
});
