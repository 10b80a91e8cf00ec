import { expect, it } from 'vitest';
import { Usage } from './usage.js';

it('there is none before the first use', () => {
  expect(new Usage().take(0)).toBe(false);
});

it('is told once for each use, and for calls since', () => {
  const usage = new Usage();
  usage.note();
  expect([usage.take(0), usage.take(0), usage.take(3), usage.take(3)]).toEqual([true, false, true, false]);
});
