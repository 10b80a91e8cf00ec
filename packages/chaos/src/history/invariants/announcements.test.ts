import { expect, it } from 'vitest';
import { open, Story } from '../../../test/story.js';

it("finds nothing where one tells of its own change, and the others of another's", () => {
  expect(new Story().trip().broken).toEqual([]);
});

it("finds a change that is told as two processes' own", () => {
  expect(new Story().trip().told('p1', 'closed -> open', 1, 'local', 'tripped').broken).toEqual([7]);
});

it('finds a change that is told twice', () => {
  expect(new Story().trip().told('p1', 'closed -> open', 1, 'remote', 'adopted').broken).toEqual([7]);
});

it('finds a change that is told before it was made', () => {
  const early = new Story().told('p1', 'closed -> open', 1, 'remote', 'adopted');
  expect(early.found).toEqual(['7: p1 told what nobody did: closed -> open in epoch 1 (adopted)']);
});

it('finds a change that is told as the own of a process that did not make it', () => {
  const story = new Story().trip().beginRound().told('p2', 'open -> half-open', 2, 'local', 'trial-due');
  expect(story.found).toEqual(['7: p2 told as its own what it did not do: open -> half-open in epoch 2 (trial-due)']);
});

it('lets a change be told again after the process was alone, or the storage had lost it', () => {
  const away = new Story().trip().tell('p1', { type: 'degraded', error: 'gone' }).tell('p1', { type: 'recovered' });
  expect(away.told('p1', 'closed -> open', 1, 'remote', 'adopted').broken).toEqual([]);
  const lost = new Story().trip().loss();
  expect(lost.told('p1', 'closed -> open', 1, 'remote', 'adopted').broken).toEqual([]);
});

it('lets two processes tell of the same epoch where it was begun anew, whoever comes first', () => {
  const story = new Story().trip();
  story.loss(() => {
    story.stored = undefined;
  });
  story.tell('p1', { type: 'ruling', ruling: 'open' }).commit('p1', open(1, 1, { era: 'another' }));
  expect(story.told('p1', 'closed -> open', 1, 'local', 'tripped').broken).toEqual([]);
});

it('lets a process that is alone tell what it likes', () => {
  const story = new Story().tell('p1', { type: 'degraded', error: 'gone' });
  expect(story.told('p1', 'closed -> open', 1, 'local', 'tripped').broken).toEqual([]);
});

it('lets a process that has disposed of its breaker go on alone', () => {
  const story = new Story().trip().tell('p1', { type: 'disposing' });
  expect(story.told('p1', 'open -> closed', 0, 'local', 'adopted').broken).toEqual([]);
});
