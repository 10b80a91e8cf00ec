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
  expect(new Story().told('p1', 'closed -> open', 1, 'remote', 'adopted').trip().broken).toContain(7);
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
  story.calls(5, 'p1', { outcome: 'failure' }).commit('p1', open(1, 1, { era: 'another' }));
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
