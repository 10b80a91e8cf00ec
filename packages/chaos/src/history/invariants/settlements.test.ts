import { expect, it } from 'vitest';
import { closed, halfOpen, open, Story } from '../../../test/story.js';

it('finds nothing where the holder of a lease ends the round', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true, outcome: 'failure' });
  expect(story.commit('p1', open(3, 5, { trips: 2 })).broken).toEqual([]);
});

it('finds a round that somebody ends who holds no lease', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true });
  expect(story.commit('p2', closed(3, 5)).broken).toEqual([4]);
});

it('finds a place that is freed by another', () => {
  expect(
    new Story()
      .trip()
      .beginRound()
      .commit('p2', halfOpen(2, 5, [])).broken,
  ).toEqual([4]);
});

it('finds a success that no lease was used up for', () => {
  const story = new Story().trip().beginRound(2, { need: 2 }).call('p1', { isTrial: true });
  expect(story.commit('p1', halfOpen(2, 5, ['one'], { need: 2, successes: 1 })).broken).toEqual([4]);
});

it('finds a lease that is used twice', () => {
  const story = new Story().trip().beginRound(2, { need: 3 }).call('p1', { isTrial: true });
  story.commit('p1', halfOpen(2, 5, [], { need: 3, successes: 1 }));
  story.commit('p1', halfOpen(2, 6, ['one'], { need: 3, successes: 1 })).call('p1', { isTrial: true });
  expect(story.commit('p1', halfOpen(2, 7, [], { need: 3, successes: 2 })).broken).toContain(4);
});
