import { expect, it, vi } from 'vitest';
import { runChanges, Update } from './update.js';

it('asks no change of an update that was given up', () => {
  const change = vi.fn(() => ({ count: 1 }));
  const [given, up] = [new Update(change, 100), new Update(change, 100)];
  up.resolve({ record: undefined, now: 0 });
  expect(runChanges([up, given], '{"count":0}', 7)).toEqual({ text: '{"count":1}', keepUntilAt: undefined });
  expect(change).toHaveBeenCalledExactlyOnceWith({ count: 0 }, 7);
  expect(runChanges([up], undefined, 7)).toBeUndefined();
  given.resolve({ record: undefined, now: 0 });
});
