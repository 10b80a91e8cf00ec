import { expect, it } from 'vitest';
import { median, percentile } from './percentile.js';

const shuffled = [70, 10, 100, 40, 20, 90, 60, 30, 80, 50];

it('is the value that so many do not exceed', () => {
  expect([0.01, 0.1, 0.11, 0.5, 0.51, 0.99, 1].map((share) => percentile(shuffled, share))).toEqual([
    10, 10, 20, 50, 60, 100, 100,
  ]);
  expect(median([3, 1, 2])).toBe(2);
});

it('leaves the values in their order', () => {
  const values = [2, 1];
  percentile(values, 1);
  expect(values).toEqual([2, 1]);
});

it('says so where there is none', () => {
  expect(() => median([])).toThrow(new RangeError('values must not be empty'));
});
