import { expect, it, vi } from 'vitest';
import { disown, isPromiseLike } from './promise-like.js';

const withThen = (then: unknown) => Object.fromEntries([['then', then]]);

it('takes for a promise what has a then', () => {
  expect(isPromiseLike(Promise.resolve())).toBe(true);
  expect(isPromiseLike(withThen(() => undefined))).toBe(true);
  for (const value of [undefined, null, 'then', 5, {}, withThen(true)]) expect(isPromiseLike(value)).toBe(false);
});

it('does not wake a lazy promise to disown it', () => {
  const lazy = withThen(vi.fn());
  disown(lazy);
  expect(lazy.then).not.toHaveBeenCalled();
});

it('keeps a disowned rejection from ending the process', async () => {
  const unhandled = vi.fn();
  process.once('unhandledRejection', unhandled);
  disown(Promise.reject(new Error('nobody waits')));
  await new Promise(setImmediate);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});
