import { expect, it, vi } from 'vitest';
import { CircuitBreaker } from './index.js';

it('is disposed of when its scope ends', async () => {
  const dispose = vi.fn();
  {
    await using breaker = new CircuitBreaker('orders');
    vi.spyOn(breaker, 'dispose').mockImplementation(dispose);
  }
  expect(dispose).toHaveBeenCalledOnce();
});

it('refuses a listener that is none, and says so', () => {
  const breaker = new CircuitBreaker('orders');
  const message = 'listener must be a listener object, but is 5';
  expect(() => breaker.addListener(5 as never)).toThrow(message);
  expect(() => breaker.removeListener(5 as never)).toThrow(message);
});

it('is ready at once, has nothing to send, and goes on after its disposal, where it shares nothing', async () => {
  const breaker = new CircuitBreaker('orders');
  for (const done of [breaker.ready(), breaker.flush(), breaker.dispose()]) {
    expect(done).toBeInstanceOf(Promise);
    expect(await done).toBeUndefined();
  }
  expect(await breaker.execute(() => 1)).toBe(1);
});
