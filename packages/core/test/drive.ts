import type { CircuitBreaker } from '../src/index.js';

/** A call that succeeds. */
export async function succeed(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (let call = 0; call < times; call += 1) {
    await breaker.execute(() => Promise.resolve('value'));
  }
}

/** Calls that fail, one after the other; what the callers see is left aside. */
export async function fail(breaker: CircuitBreaker, times = 1, error: unknown = new Error('down')): Promise<void> {
  for (let call = 0; call < times; call += 1) {
    await breaker.execute(() => Promise.reject(error)).catch(() => undefined);
  }
}
