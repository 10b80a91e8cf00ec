import { describe, expect, it, vi } from 'vitest';
import { rejectionOf, thrownBy } from '../../test/caught.js';
import { CircuitBreaker } from '../index.js';

class NotFound extends Error {}

const fallback = () => 'spare';
const raise = (error: unknown) => () => {
  throw error;
};

describe('the fallback of a call that joins another', () => {
  it('stands in for a failure, which the outer call does not see', async () => {
    const breaker = new CircuitBreaker('orders');
    const down = raise(new Error('down'));
    expect(await breaker.execute(() => breaker.execute(down, { fallback }))).toBe('spare');
    expect(breaker.executeSync(() => breaker.executeSync(down, { fallback }))).toBe('spare');
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });

  it('is passed by by excluded and ignored errors', async () => {
    const missing = new NotFound();
    for (const options of [{ exclude: [NotFound] }, { ignore: [NotFound] }]) {
      const breaker = new CircuitBreaker('orders', options);
      const outer = breaker.execute(() => breaker.execute(raise(missing), { fallback }));
      expect(await rejectionOf(outer)).toBe(missing);
      const outerSync = () => breaker.executeSync(() => breaker.executeSync(raise(missing), { fallback }));
      expect(thrownBy(outerSync)).toBe(missing);
    }
  });

  it('comes after the fault of a predicate has been told', async () => {
    const onListenerError = vi.fn();
    const breaker = new CircuitBreaker('orders', {
      ignore: [raise('a bad predicate')],
      listeners: [{ onListenerError }],
    });
    const told = () => onListenerError.mock.calls.length;
    const toldBefore = breaker.executeSync(() => breaker.executeSync(raise('down'), { fallback: told }));
    expect(toldBefore).toBe(1);
  });
});

it('judges once what a call within a call threw that has no fallback', async () => {
  const classify = vi.fn();
  const breaker = new CircuitBreaker('orders', { classify });
  const error = new Error('down');
  expect(await rejectionOf(breaker.execute(() => breaker.execute(raise(error))))).toBe(error);
  expect(classify).toHaveBeenCalledOnce();
  expect(thrownBy(() => breaker.executeSync(() => breaker.executeSync(raise(error))))).toBe(error);
  expect(classify).toHaveBeenCalledTimes(2);
});
