import { expect, it, vi } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { CircuitBreaker } from '../index.js';

it('refuses a promise, and tells so as an ignored call', () => {
  const onIgnore = vi.fn();
  const breaker = new CircuitBreaker('orders', { listeners: [{ onIgnore }] });
  const error = thrownBy(() => breaker.executeSync(async () => 1));
  expect(error).toEqual(
    new TypeError('fn gave a promise: executeSync() and wrapSync() are for synchronous functions, execute() awaits'),
  );
  expect(onIgnore).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ error, durationMs: expect.any(Number) }));
});

it.each([
  [[5], 'fn must be a function that makes the call, but is 5'],
  [[() => 1, { signal: 5 }], 'options has an unknown key "signal" (5), expected: fallback'],
])('refuses the arguments %o, and says what is wrong', (args, message) => {
  const breaker = new CircuitBreaker('orders');
  expect(thrownBy(() => breaker.executeSync(...(args as [never])))).toEqual(new TypeError(message));
  expect(breaker.counts.calls).toBe(0);
});
