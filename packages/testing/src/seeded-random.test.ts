import { expect, it } from 'vitest';
import { seededRandom } from './seeded-random.js';

function draw(seed: number, times: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: times }, () => random());
}

it('gives the same numbers for the same seed, and others for another', () => {
  expect(draw(1, 5)).toEqual(draw(1, 5));
  expect(draw(1, 5)).not.toEqual(draw(2, 5));
});

it('spreads over all numbers from 0 up to 1', () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  for (const number of draw(-7, 10_000)) {
    expect(number >= 0 && number < 1).toBe(true);
    const tenth = Math.floor(number * 10);
    tenths[tenth] = (tenths[tenth] as number) + 1;
  }
  for (const share of tenths) expect(Math.abs(share - 1_000)).toBeLessThan(100);
});

it('refuses a seed that is no integer', () => {
  expect(() => seededRandom(0.5)).toThrow(new RangeError('seed must be an integer, but is 0.5'));
  expect(() => seededRandom('a' as never)).toThrow(new TypeError('seed must be an integer, but is a'));
});
