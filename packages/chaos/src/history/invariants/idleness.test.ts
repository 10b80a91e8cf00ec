import { expect, it } from 'vitest';
import { open, Story } from '../../../test/story.js';

const calm = () => new Story({ syncIntervalMs: 1_000 }).tell('harness', { type: 'calm-began' });

it('finds nothing where calls succeed and polls read', () => {
  const story = calm().calls(9, 'p1').tell('p1', { type: 'read', record: undefined, now: 0 });
  expect(story.tell('p1', { type: 'read', record: undefined, now: 0 }).pass(600).broken).toEqual([10]);
  expect(calm().tell('p1', { type: 'read', record: undefined, now: 0 }).broken).toEqual([]);
});

it('finds an update while all is calm, and allows it else', () => {
  expect(calm().tell('p1', { type: 'asked', update: 1 }).broken).toEqual([10]);
  expect(calm().tell('harness', { type: 'calm-ended' }).tell('p1', { type: 'asked', update: 1 }).broken).toEqual([]);
});

it('finds a write of what was there', () => {
  expect(new Story().trip().commit('p1', open(1, 4)).broken).toEqual([10]);
});
