import { expect, it } from 'vitest';
import { shrink } from './shrink.js';

const numbers = Array.from({ length: 60 }, (_, index) => index);

function holding(...needed: number[]) {
  return async (items: readonly number[]) => needed.every((number) => items.includes(number));
}

it.each([[[7]], [[0, 59]], [[3, 4, 30]], [[]], [[1, 20, 21, 22, 40, 58]]])(
  'finds the least that still fails: %j',
  async (needed) => {
    expect(await shrink(numbers, holding(...needed))).toEqual(needed);
  },
);

it('keeps everything where nothing can go', async () => {
  expect(await shrink([1, 2, 3], holding(1, 2, 3))).toEqual([1, 2, 3]);
});

it('leaves out what only the rest had needed', async () => {
  const fails = async (items: readonly number[]) => items.includes(9) && (!items.includes(5) || items.includes(3));
  expect(await shrink([3, 5, 9], fails)).toEqual([9]);
});

it('gives up after 200 attempts, with the smallest so far', async () => {
  const many = Array.from({ length: 600 }, (_, index) => index);
  let attempts = 0;
  const odd = many.filter((number) => number % 2 === 1);
  const smallest = await shrink(many, async (items) => {
    attempts++;
    return holding(...odd)(items);
  });
  expect(attempts).toBe(200);
  expect(await holding(...odd)(smallest)).toBe(true);
});
