import { expect, it } from 'vitest';
import { closed, Story } from '../../test/story.js';
import { commitsOf } from './commit.js';

const after = closed(0, 1, { memory: 1 });

function updated(): Story {
  const story = new Story().tell('p1', { type: 'asked', update: 1 });
  return story.tell('p1', { type: 'ran', update: 1, after, now: 0 });
}

it('takes an update for made that was answered', () => {
  const { events } = updated().tell('p1', { type: 'answered', update: 1 });
  expect(commitsOf(events)).toMatchObject([{ by: 'p1', before: undefined, after }]);
});

it('takes the last run of a change for what was made', () => {
  const story = updated().tell('p1', { type: 'ran', update: 1, before: after, after: closed(0, 2), now: 5 });
  expect(commitsOf(story.tell('p1', { type: 'answered', update: 1 }).events)).toMatchObject([
    { before: after, now: 5 },
  ]);
});

it('takes nothing for made where the last run declined', () => {
  const story = updated().tell('p1', { type: 'ran', update: 1, before: after, now: 5 });
  expect(commitsOf(story.tell('p1', { type: 'answered', update: 1 }).events)).toEqual([]);
});

it('takes an update in doubt for made where somebody has seen it, and else for lost', () => {
  const failed = { type: 'failed', update: 1, reason: 'timeout', mayHaveBeenApplied: true } as const;
  expect(commitsOf(updated().events)).toEqual([]);
  expect(commitsOf(updated().tell('p1', failed).events)).toEqual([]);
  const seen = updated().tell('p1', failed).tell('p2', { type: 'read', record: after, now: 9 });
  expect(commitsOf(seen.events)).toMatchObject([{ after, knownAt: Number.POSITIVE_INFINITY }]);
});

it('takes an update for lost that says so, whatever was seen', () => {
  const failed = { type: 'failed', update: 1, reason: 'conflict', mayHaveBeenApplied: false } as const;
  const seen = updated().tell('p1', failed).tell('p2', { type: 'read', record: after, now: 9 });
  expect(commitsOf(seen.events)).toEqual([]);
});
