import { expect, it } from 'vitest';
import { castVote, lastVoteUntilAt, VotesPolicy } from './votes.js';

const mine = { voter: 'me', untilAt: 60 };
const theirs = { voter: 'other', untilAt: 51 };

it('a vote joins those that still count', () => {
  expect(castVote([theirs, { voter: 'gone', untilAt: 50 }], mine, 50)).toEqual([theirs, mine]);
});

it('a vote takes the place of the older one of its voter', () => {
  expect(castVote([{ voter: 'me', untilAt: 59 }, theirs], mine, 50)).toEqual([theirs, mine]);
});

it.each([[undefined], [5], ['votes'], [{}], [[null, 5, 'vote']]])(
  'votes that are none (%o) are passed over',
  (votes) => {
    expect(castVote(votes, mine, 50)).toEqual([mine]);
  },
);

it('trips at the quorum, and begins without a vote', () => {
  const policy = new VotesPolicy(2);
  expect([[], [mine], [mine, theirs]].map((votes) => policy.trips(votes))).toEqual([false, false, true]);
  expect(policy.initial()).toEqual([]);
});

it('hears of outcomes, and they count for nothing', () => {
  const votes = [mine];
  expect(new VotesPolicy(1).record(votes)).toBe(votes);
});

it.each([
  ['votes', [mine, theirs], 60],
  ['votes', [], 0],
  ['votes', [null, { voter: 'x' }], 0],
  ['votes', 'garbage', 0],
  ['other', [mine], 0],
])('a memory under %s of %j means something until %i', (policyKey, memory, untilAt) => {
  expect(lastVoteUntilAt({ state: 'closed', epoch: 1, trips: 0, policyKey, memory })).toBe(untilAt);
});
