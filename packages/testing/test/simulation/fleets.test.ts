import { describe, expect, it } from 'vitest';
import { simulateFleet } from '../../src/index.js';
import { KINDS_OF_FLEETS } from './kinds-of-fleets.js';

describe('fleets, whatever happens', { timeout: 120_000 }, () => {
  it.each(KINDS_OF_FLEETS)('$name keep every invariant, in $seeds schedules', async ({ seeds, simulation }) => {
    for (let seed = 1; seed <= seeds; seed++) {
      const processes = 1 + (seed % 6);
      const { violations } = await simulateFleet({ seed, processes, steps: 45, ...simulation });
      expect({ seed, processes, violations }).toEqual({ seed, processes, violations: [] });
    }
  });

  it('were run in more than 2 000 schedules', () => {
    expect(KINDS_OF_FLEETS.reduce((sum, { seeds }) => sum + seeds, 0)).toBeGreaterThan(2_000);
  });
});
