import { expect, it } from 'vitest';
import { closed, isolated, open, Story } from '../../../test/story.js';

it('finds nothing where every write is made on the last one', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true });
  expect(story.commit('p1', closed(3, 5)).broken).toEqual([]);
});

it('finds two writes that were made on the same record', () => {
  const story = new Story().calls(2, 'p1', { outcome: 'failure' }).calls(2, 'p2', { outcome: 'failure' });
  const { stored: before } = story.commit('p1', closed(0, 1, { memory: 1 }));
  story.commit('p1', closed(0, 2, { memory: 2 }), { before });
  story.commit('p2', closed(0, 2, { memory: 3 }), { before });
  expect(story.found).toContain('2: p2: wrote on 0.1, though stored was 0.2 of p1');
});

it('finds a write that does not grow the revision', () => {
  const story = new Story().call('p1', { outcome: 'failure' }).commit('p1', closed(0, 7, { memory: 1 }));
  expect(story.commit('p1', closed(0, 7)).found).toContain('2: p1: 0.7 became 0.7');
});

it('finds an epoch that begins again', () => {
  const story = new Story().trip().beginRound().call('p1', { isTrial: true }).commit('p1', closed(3, 5));
  story.tell('p1', { type: 'ruling', ruling: 'open' });
  expect(story.commit('p1', open(1, 9)).found).toContain('2: p1: epoch 1 was there before');
});

it('finds an epoch that begins after a higher one', () => {
  const story = new Story().tell('p1', { type: 'ruling', ruling: 'open' }).commit('p1', open(7, 1));
  expect(story.commit('p1', isolated(6, 2)).found).toContain('2: p1: epoch 6 was begun after epoch 7');
});

it('finds an epoch without an era', () => {
  const story = new Story().tell('p1', { type: 'ruling', ruling: 'open' });
  expect(story.commit('p1', open(1, 1, { era: undefined })).found).toEqual(['2: p1: epoch 1 has no era']);
});

it('finds an epoch that says something else later', () => {
  expect(new Story().trip().commit('p1', open(1, 4, { openUntilAt: 77_777 })).broken).toEqual([2]);
});

it('finds an epoch that begins without a change of state, and allows it by hand', () => {
  const begin = (story: Story) => story.commit('p1', closed(1, 1));
  expect(begin(new Story()).broken).toContain(2);
  expect(begin(new Story().tell('p1', { type: 'ruling', ruling: 'close' })).broken).toEqual([]);
});

it('finds what is published out of order', () => {
  const story = new Story().trip();
  const { stored: record } = story;
  expect(story.tell('harness', { type: 'observed', server: 0, link: 1, record }).broken).toEqual([2]);
  expect(new Story().trip().tell('harness', { type: 'observed', server: 0, link: 2, record }).broken).toEqual([]);
});

it('lets writes be made on nothing where the servers have lost everything, and the same be taught again', () => {
  const story = new Story().trip();
  const { stored = open(0, 0) } = story;
  story.loss(() => {
    story.stored = undefined;
  });
  expect(story.commit('p1', { ...stored, revision: 4 }).broken).toEqual([]);
});

it('lets a write be made on nothing where the record has expired', () => {
  const story = new Story().call('p1', { outcome: 'failure' }).call('p2', { outcome: 'failure' });
  story.commit('p1', closed(0, 1, { memory: 1, keepUntilAt: 11_100 })).pass(200);
  story.stored = undefined;
  expect(story.commit('p2', closed(0, 1, { memory: 1, changedAt: 7 })).broken).toEqual([2]); // it is published again
});

it('takes an update that was in doubt for made where its record was seen', () => {
  const story = new Story().trip().tell('p1', { type: 'ruling', ruling: 'isolate' });
  story.commit('p1', isolated(2, 4), { isKnown: false });
  expect(story.commit('p1', closed(3, 5)).broken).toEqual([]);
});
