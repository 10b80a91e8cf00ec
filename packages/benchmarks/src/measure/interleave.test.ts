import { expect, it } from 'vitest';
import type { Contender } from './contender.js';
import { interleave, rowsOf } from './interleave.js';

it('compares round by round, so that a slow round is no slow contender', () => {
  const [bare, other] = rowsOf([
    { name: 'bare', samples: [10, 100, 10] },
    { name: 'other', samples: [20, 200, 20] },
  ]);
  expect(bare?.ratio).toEqual({ median: 1, low: 1, high: 1 });
  expect(other).toMatchObject({ name: 'other', nanoseconds: { median: 20 }, ratio: { median: 2, low: 2, high: 2 } });
});

it('takes turns, prepares each sample, keeps to the most, and disposes in the end', async () => {
  const log: string[] = [];
  const contender = (name: string): Contender => ({
    name,
    most: 2,
    prepare: async () => void log.push(`prepare ${name}`),
    run: async (times) => {
      expect(times).toBeLessThanOrEqual(2);
      const until = performance.now() + 1;
      while (performance.now() < until);
      log.push(`run ${name}`);
    },
    dispose: () => void log.push(`dispose ${name}`),
  });
  const rows = await interleave([contender('a'), contender('b')], { rounds: 2, sampleMs: 1 });
  expect(rows.map(({ name }) => name)).toEqual(['a', 'b']);
  const round = ['prepare a', 'run a', 'prepare b', 'run b'];
  expect(log.slice(-10)).toEqual([...round, ...round, 'dispose a', 'dispose b']);
});
