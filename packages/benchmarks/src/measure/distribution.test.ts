import { expect, it } from 'vitest';
import { distributionOf } from './distribution.js';

it('gives the middle and the quartiles', () => {
  expect(distributionOf([5, 1, 4, 2, 3])).toEqual({ median: 3, low: 2, high: 4 });
});

it('lies between two neighbours where it must', () => {
  expect(distributionOf([10, 20])).toEqual({ median: 15, low: 12.5, high: 17.5 });
});

it('sorts numbers as numbers', () => {
  expect(distributionOf([100, 9, 20]).median).toBe(20);
});

it('refuses to sum up nothing', () => {
  expect(() => distributionOf([])).toThrow(RangeError);
});
