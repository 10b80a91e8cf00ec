import { expect, it } from 'vitest';
import { closed, halfOpen, Story } from '../../../test/story.js';

it('finds nothing where a trial runs within its lease', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true });
  expect(story.commit('p1', closed(3, 5)).broken).toEqual([]);
});

it('finds more live leases in a record than it has places', () => {
  const story = new Story().trip().beginRound();
  expect(story.commit('p2', halfOpen(2, 5, ['one', 'two'])).broken).toEqual([1]);
});

it('finds nothing where one of them has lapsed', () => {
  const lapsed = { id: 'one', expiresAt: 11_000 };
  const story = new Story().trip().beginRound(2, { leases: [lapsed] });
  const leases = [lapsed, { id: 'two', expiresAt: 20_000 }];
  expect(story.commit('p2', halfOpen(2, 5, [], { leases })).broken).toEqual([]);
});

it('finds a trial that runs without a lease', () => {
  expect(new Story().trip().beginRound().call('p2', { isTrial: true }).broken).toEqual([1]);
});

it('finds a lease that serves two trials', () => {
  expect(new Story().trip().beginRound().calls(2, 'p1', { isTrial: true }).broken).toEqual([1]);
});

/** The first holder's trial runs on while its place is given to the other one. */
function overlap(story: Story): Story {
  story.trip().beginRound().tell('p1', { type: 'trial-began', call: 99 });
  return story.commit('p2', halfOpen(2, 5, ['two']));
}

it('finds more trials that run at once within their leases than there are places', () => {
  expect(overlap(new Story()).call('p2', { isTrial: true }).broken).toContain(1);
});

it('lets a trial run on whose lease has lapsed', () => {
  const story = overlap(new Story({ trialTimeoutMs: 500 })).pass(500);
  expect(story.call('p2', { isTrial: true }).broken).not.toContain(1);
});

it('lets one more run for each time that the servers have lost something', () => {
  const story = overlap(new Story()).loss();
  expect(story.call('p2', { isTrial: true }).broken).not.toContain(1);
});

it('counts a trial no more whose process was killed', () => {
  const story = overlap(new Story()).tell('harness', { type: 'killed', member: 'p1' });
  expect(story.call('p2', { isTrial: true }).broken).not.toContain(1);
});
