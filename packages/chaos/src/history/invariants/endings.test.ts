import { expect, it } from 'vitest';
import { Story } from '../../../test/story.js';

it('finds nothing in a process that ends', () => {
  expect(new Story().tell('harness', { type: 'ended', member: 'p1', code: 0, byItself: true }).broken).toEqual([]);
});

it('finds one that does not, or not well', () => {
  expect(new Story().tell('harness', { type: 'ended', member: 'p1', code: null, byItself: false }).broken).toEqual([
    12,
  ]);
  expect(new Story().tell('harness', { type: 'ended', member: 'p1', code: 1, byItself: true }).broken).toEqual([12]);
});

it('finds what nobody handles', () => {
  expect(new Story().tell('p1', { type: 'surprised', where: 'unhandled rejection', error: 'Error' }).broken).toEqual([
    12,
  ]);
});

it('finds a ruling that is never settled', () => {
  const ruled = () => new Story().tell('p1', { type: 'ruling', ruling: 'open' });
  const end = { type: 'ended', member: 'p1', code: 0, byItself: true } as const;
  expect(ruled().tell('harness', end).broken).toEqual([12]);
  expect(ruled().tell('p1', { type: 'ruled', ruling: 'open' }).tell('harness', end).broken).toEqual([]);
});
