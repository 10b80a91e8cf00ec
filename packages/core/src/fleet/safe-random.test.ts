import { expect, it, vi } from 'vitest';
import { safeRandom } from './safe-random.js';

it('is the chance that it is given', () => {
  const report = vi.fn();
  const drawn = [0, 0.25, 1];
  const random = safeRandom(() => drawn.shift() as number, { report });
  expect([random(), random(), random()]).toEqual([0, 0.25, 1]);
  expect(report).not.toHaveBeenCalled();
});

it.each([Number.NaN, -0.1, 1.5, 'often'])('is even where it gives %o, and says so once', (chance) => {
  const report = vi.fn();
  const random = safeRandom(() => chance as number, { report });
  expect([random(), random()]).toEqual([0.5, 0.5]);
  expect(report).toHaveBeenCalledExactlyOnceWith(
    new RangeError(
      `random must give a number from 0 up to 1, but gave ${typeof chance === 'string' ? `"${chance}"` : chance}`,
    ),
    'random',
  );
});

it('is even where it throws', () => {
  const fault = new Error('no chance');
  const report = vi.fn();
  const random = safeRandom(
    () => {
      throw fault;
    },
    { report },
  );
  expect(random()).toBe(0.5);
  expect(report).toHaveBeenCalledExactlyOnceWith(fault, 'random');
});
