import { expect, it } from 'vitest';
import { closed, isolated, open, Story } from '../../../test/story.js';

it('finds nothing in the way of a circuit that is tried and closes', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true }).commit('p1', closed(3, 5));
  expect(story.told('p1', 'open -> half-open', 2, 'local', 'trial-due').broken).toEqual([]);
});

it('finds a round that begins before its time', () => {
  const story = new Story().trip();
  const { stored = open(0, 0) } = story;
  story.events.length = 2; // what led there does not matter
  story.stored = undefined;
  story.tell('p1', { type: 'ruling', ruling: 'open' }).commit('p1', { ...stored, openUntilAt: 99_999 });
  story.tell('p1', { type: 'ruled', ruling: 'open' });
  expect(story.pass(1).beginRound().broken).toEqual([3]);
});

it('lets it begin where the clock of the storage has gone back', () => {
  const story = new Story().tell('p1', { type: 'ruling', ruling: 'open' });
  story
    .commit('p1', open(1, 1, { openUntilAt: 99_999, changedAt: 90_000 }))
    .tell('p1', { type: 'ruled', ruling: 'open' });
  expect(story.pass(1).beginRound().broken).toEqual([]);
});

it('finds a change that no rule makes, and allows it by hand', () => {
  const isolate = (story: Story) => story.commit('p1', isolated(1, 1));
  expect(isolate(new Story()).broken).toEqual([3]);
  expect(isolate(new Story().tell('p1', { type: 'ruling', ruling: 'isolate' })).broken).toEqual([]);
});

it('allows what was ruled while the storage was away, when it is back', () => {
  const story = new Story().tell('p1', { type: 'degraded', error: 'gone' });
  story.tell('p1', { type: 'ruling', ruling: 'isolate' }).tell('p1', { type: 'ruled', ruling: 'isolate' }).pass(5_000);
  expect(story.commit('p1', isolated(1, 1)).tell('p1', { type: 'recovered' }).broken).toEqual([]);
});

it('finds a reason that is none for what it tells', () => {
  expect(new Story().told('p1', 'open -> closed', 1, 'local', 'tripped', 'process').broken).toEqual([3]);
});
