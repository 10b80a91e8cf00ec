import { type CircuitBreaker, CircuitOpenError, CircuitStorageError, type RejectionReason } from '@breaker/core';

/** What a call came to: its own outcome, or why it was not made. */
export type Came = 'success' | 'failure' | RejectionReason;

/** A call that succeeds where it is made. */
export async function call(breaker: CircuitBreaker): Promise<Came> {
  return cameTo(breaker.execute(async () => 'success' as const));
}

/** What became of a call that gives a value or a plain error; fails on an error of the storage. */
export async function cameTo(running: Promise<unknown>): Promise<Came> {
  try {
    await running;
    return 'success';
  } catch (error) {
    if (error instanceof CircuitStorageError) throw error;
    return error instanceof CircuitOpenError ? error.reason : 'failure';
  }
}

/** Calls that must be made, and succeed. */
export async function succeed(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (let made = 0; made < times; made += 1) await breaker.execute(async () => 'value');
}

/** Calls that fail where they are made. */
export async function fail(breaker: CircuitBreaker, times = 1): Promise<void> {
  for (let made = 0; made < times; made += 1) {
    await cameTo(breaker.execute(() => Promise.reject(new Error('down'))));
  }
}
