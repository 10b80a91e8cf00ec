import { expect, it } from 'vitest';
import { closed, open, Story } from '../../../test/story.js';

/** Only p1 fails; p2 hears of the hearing, and succeeds. */
function alone(story: Story, witnesses: number): Story {
  const hearing = closed(0, 1, { memory: 5, hearingEndsAt: story.storageTime + 500 });
  story.calls(5, 'p1', { outcome: 'failure' }).commit('p1', hearing);
  story.tell('p2', { type: 'pushed', record: hearing }).pass(1).calls(witnesses, 'p2').pass(500);
  return story.commit('p1', open(1, 2));
}

const SETTINGS = { shareOutcomes: { hearingMs: 500 } };

it('finds one process that trips the fleet though another one succeeds', () => {
  expect(alone(new Story(SETTINGS), 1).broken).toEqual([14]);
});

it('finds nothing where nobody succeeds', () => {
  expect(alone(new Story(SETTINGS), 0).broken).toEqual([]);
});

it('finds nothing where something else is out of order, too', () => {
  const stalled = alone(new Story(SETTINGS), 1).tell('p2', { type: 'stalled', ms: 100 });
  expect(stalled.broken).toEqual([]);
  expect(alone(new Story(SETTINGS).loss(), 1).broken).toEqual([]);
});

it('finds a fleet that trips without a hearing, or before its end', () => {
  const fail = () => new Story().calls(5, 'p1', { outcome: 'failure' });
  expect(fail().commit('p1', open(1, 1)).broken).toEqual([14]);
  const early = fail();
  early.commit('p1', closed(0, 1, { memory: 5, hearingEndsAt: early.storageTime + 150 }));
  expect(early.commit('p1', open(1, 2)).broken).toEqual([14]);
  const unheard = new Story({ shareOutcomes: { hearingMs: 0 } }).calls(5, 'p1', { outcome: 'failure' });
  expect(unheard.commit('p1', open(1, 1)).broken).toEqual([]);
});

function outage(story: Story): Story {
  story.tell('p1', { type: 'met', dependency: 'down' }).tell('p2', { type: 'met', dependency: 'down' });
  return story.calls(5, 'p1', { outcome: 'failure' });
}

it('finds a fleet that does not open while every call fails', () => {
  expect(outage(new Story()).pass(2_000).tell('p1', { type: 'met', dependency: 'up' }).broken).toEqual([14]);
});

it('finds nothing where it opens in time, or all was over before that', () => {
  const opened = outage(new Story());
  opened.commit('p1', closed(0, 1, { memory: 5, hearingEndsAt: opened.storageTime + 150 })).pass(150);
  opened.commit('p1', open(1, 2)).pass(2_000);
  expect(opened.tell('p1', { type: 'met', dependency: 'up' }).broken).toEqual([]);
  expect(outage(new Story()).pass(500).tell('p1', { type: 'met', dependency: 'up' }).broken).toEqual([]);
});

it('asks no such thing of a fleet that trips by rates, or by votes: five failures need not meet its policy', () => {
  const failureRate = { threshold: 0.5, windowMs: 2_000 };
  for (const settings of [{ failureRate }, { shareTrips: { quorum: 2 } }]) {
    const story = outage(new Story(settings)).pass(2_000).tell('p1', { type: 'met', dependency: 'up' });
    expect(story.broken).toEqual([]);
  }
});
