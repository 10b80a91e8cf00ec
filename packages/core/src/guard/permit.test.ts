import { expect, it } from 'vitest';
import { setUp } from '../../test/set-up.js';
import { CircuitBreaker, CircuitBreakerError } from '../index.js';

it('settles with a value or an error, not with both or neither, and stays unsettled where it refuses', async () => {
  const breaker = new CircuitBreaker('orders');
  const permit = await breaker.acquire();
  const settle = (settlement: object) => () => permit.settle(settlement as { value: unknown });
  expect(settle({ value: 1, error: 2 })).toThrow('settlement must have either a value or an error, but has both');
  expect(settle({})).toThrow('settlement must have either a value or an error, but has neither');
  expect(settle({ valeu: 1 })).toThrow('settlement has an unknown key "valeu" (1), expected: value, error');
  expect(breaker.counts).toMatchObject({ calls: 1, successes: 0, failures: 0 });
  expect(permit.settle({ error: new Error('down') })).toBe('failure');
});

it('tells why it counts as a failure where its scope is left without a word', async () => {
  const { breaker, recorder } = setUp();
  {
    using _ = await breaker.acquire();
  }
  expect(recorder.last('failure').error).toEqual(
    new CircuitBreakerError('orders', 'The scope of a permit was left without a word on how it went'),
  );
});
