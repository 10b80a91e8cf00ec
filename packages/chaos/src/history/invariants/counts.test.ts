import { expect, it } from 'vitest';
import { Story } from '../../../test/story.js';

const TALLY = { success: 5, failure: 3, ignored: 1, rejected: 2, strange: 0 };
const COUNTS = { calls: 11, successes: 5, failures: 3, ignored: 1, rejected: 2, timeouts: 0, slow: 0 };

function counted(counts: Partial<typeof COUNTS>): Story {
  return new Story().tell('p1', { type: 'counted', counts: { ...COUNTS, ...counts }, tally: TALLY });
}

it('finds nothing in counts that are exact', () => {
  expect(counted({}).tell('p1', { type: 'disposed' }).broken).toEqual([]);
  expect(counted({ calls: 12 }).broken).toEqual([]); // one is under way
});

it.each(['successes', 'failures', 'ignored', 'rejected'] as const)('finds %s that are not', (name) => {
  expect(counted({ [name]: COUNTS[name] - 1 }).broken).toEqual([11]);
});

it('finds calls that are lost', () => {
  expect(counted({ calls: 10 }).broken).toEqual([11]);
  expect(counted({ calls: 12 }).tell('p1', { type: 'disposed' }).broken).toEqual([11]);
});
