import type { CircuitBreaker } from '@breaker/core';

/** Makes calls that throw, or are rejected. */
export function fail(breaker: CircuitBreaker, times = 1, ...errors: readonly unknown[]): void {
  const [error] = errors.length > 0 ? errors : [new Error('no route')];
  for (let call = 0; call < times; call++) {
    try {
      breaker.executeSync(() => {
        throw error;
      });
    } catch {
      // Whatever the caller gets.
    }
  }
}
