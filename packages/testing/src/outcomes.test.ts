import { runInNewContext } from 'node:vm';
import { CircuitBreaker } from '@breaker/core';
import { expect, it } from 'vitest';
import { outcomes, outcomesSync } from './outcomes.js';

it('plays a script, and repeats its last step', async () => {
  const error = new Error('down');
  const call = outcomes('ok', error, (a: number, b: number) => a + b, undefined);
  expect(call.calls).toBe(0);
  expect(await call(1, 2)).toBe('ok');
  await expect(call(1, 2)).rejects.toBe(error);
  expect(await call(1, 2)).toBe(3);
  expect([await call(), await call()]).toEqual([undefined, undefined]);
  expect(call.calls).toBe(5);
});

it('waits for what a function of the script gives, and passes on what it throws', async () => {
  const call = outcomes(
    async () => 'later',
    () => {
      throw new Error('thrown');
    },
  );
  expect(await call()).toBe('later');
  await expect(call()).rejects.toThrow('thrown');
});

it('throws an error of another realm', async () => {
  const error: unknown = runInNewContext('new TypeError("far away")');
  await expect(outcomes(error)()).rejects.toBe(error);
});

it('plays a script synchronously', () => {
  const error = new Error('down');
  const call = outcomesSync(error, (n: number) => n * 2, 'end');
  expect(() => call()).toThrow(error);
  expect([call(4), call(), call()]).toEqual([8, 'end', 'end']);
  expect(call.calls).toBe(4);
});

it('is what a breaker can guard', async () => {
  const breaker = new CircuitBreaker('orders');
  expect(await breaker.execute(outcomes((context: { signal: AbortSignal }) => context.signal.aborted))).toBe(false);
  expect(breaker.executeSync(outcomesSync('value'))).toBe('value');
  expect(await breaker.wrap(outcomes((id: number) => `order ${id}`))(7)).toBe('order 7');
  expect(breaker.counts).toMatchObject({ calls: 3, successes: 3 });
});

it('refuses an empty script', () => {
  expect(() => outcomes()).toThrow(new TypeError('outcomes needs at least one step to play'));
  expect(() => outcomesSync()).toThrow(new TypeError('outcomesSync needs at least one step to play'));
});
