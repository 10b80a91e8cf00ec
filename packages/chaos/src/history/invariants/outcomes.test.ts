import { expect, it } from 'vitest';
import { closed, open, Story } from '../../../test/story.js';

it('finds nothing where failures trip the circuit and a success closes it', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true });
  expect(story.commit('p1', closed(3, 5)).broken).toEqual([]);
});

it('finds failures that are reported twice', () => {
  const story = new Story().call('p1', { outcome: 'failure' }).commit('p1', closed(0, 1, { memory: 1 }));
  expect(story.commit('p1', closed(0, 2, { memory: 2 })).broken).toEqual([4]);
});

it('finds failures of an epoch that is over', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true }).commit('p1', closed(3, 5));
  expect(story.commit('p2', closed(3, 6, { memory: 1 })).broken).toEqual([4]);
});

it('finds a circuit that trips on too few failures', () => {
  const fail = (story: Story) => story.calls(4, 'p1', { outcome: 'failure' }).commit('p1', open(1, 1));
  const shareOutcomes = { hearingMs: 0 };
  expect(fail(new Story({ shareOutcomes })).broken).toEqual([5]);
  expect(fail(new Story({ shareOutcomes, failureThreshold: 4 })).broken).toEqual([]);
});

it('finds a quorum that is none', () => {
  const story = () => new Story({ shareTrips: { quorum: 2 } }).calls(9, 'p1', { outcome: 'failure' });
  expect(story().commit('p1', open(1, 1)).broken).toEqual([5]);
  expect(story().call('p2', { outcome: 'failure' }).commit('p1', open(1, 1)).broken).toEqual([]);
});

it('finds a circuit that closes without the successes it needs', () => {
  expect(new Story().trip().beginRound().commit('p1', closed(3, 5)).broken).toEqual([5]);
});
