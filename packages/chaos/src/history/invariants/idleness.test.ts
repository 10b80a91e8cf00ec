import { expect, it } from 'vitest';
import { open, Story } from '../../../test/story.js';

function calm(happen: (story: Story) => unknown): readonly number[] {
  const story = new Story({ syncIntervalMs: 1_000 }).tell('harness', { type: 'calm-began' });
  happen(story);
  return story.tell('harness', { type: 'calm-ended' }).broken;
}

const read = (story: Story) => story.tell('p1', { type: 'read', record: undefined, now: 0 });
const ask = (story: Story) => story.tell('p1', { type: 'asked', update: 1 });

it('finds nothing where calls succeed and polls read', () => {
  expect(calm((story) => read(story.calls(9, 'p1')))).toEqual([]);
  expect(calm((story) => read(read(story).pass(600)))).toEqual([]);
});

it('finds more reads than there are polls', () => {
  expect(calm((story) => read(read(story)))).toEqual([10]);
});

it('allows one read more for each hint that a push may have been missed', () => {
  const hint = (story: Story) => story.tell('p1', { type: 'pushed', record: undefined });
  expect(calm((story) => read(hint(read(story))))).toEqual([]);
  expect(calm((story) => read(read(hint(read(story)))))).toEqual([10]);
  expect(calm((story) => read(read(story.tell('p2', { type: 'pushed', record: undefined }))))).toEqual([10]);
});

it('finds an update while all is calm, and allows it else', () => {
  expect(calm(ask)).toEqual([10]);
  expect(ask(new Story()).broken).toEqual([]);
});

it('leaves out a time in which somebody stood still, or lost the storage', () => {
  expect(calm((story) => ask(story.tell('p2', { type: 'stalled', ms: 300 })))).toEqual([]);
  expect(calm((story) => ask(story).tell('p2', { type: 'degraded', error: 'timeout' }))).toEqual([]);
});

it('finds a write of what was there', () => {
  expect(new Story().trip().commit('p1', open(1, 4)).broken).toEqual([10]);
});
