import { expect, it } from 'vitest';
import { CircuitBreaker } from '../index.js';

it('settles with a value or an error, not with both or neither, and stays unsettled where it refuses', async () => {
  const breaker = new CircuitBreaker('orders');
  const permit = await breaker.acquire();
  const settle = (settlement: object) => () => permit.settle(settlement as { value: unknown });
  expect(settle({ value: 1, error: 2 })).toThrow('settlement must have either a value or an error, but has both');
  expect(settle({})).toThrow('settlement must have either a value or an error, but has neither');
  expect(breaker.counts).toMatchObject({ calls: 1, successes: 0, failures: 0 });
  expect(permit.settle({ error: new Error('down') })).toBe('failure');
});
