// Jumps over time-outs and open times: no test waits for a clock.

import assert from 'node:assert/strict';
import { CircuitBreaker, CircuitTimeoutError, exponentialBackoff } from '@breaker/core';
import { FakeClock, seededRandom, trip } from '@breaker/testing';

// #region time
const clock = new FakeClock();
const breaker = new CircuitBreaker('reports', {
  timeoutMs: 2_000,
  resetTimeoutMs: exponentialBackoff({ initialMs: 10_000, maxMs: 60_000 }),
  clock,
  random: seededRandom(42), // the same delays in every run
});

const hanging = breaker.execute(() => new Promise(() => {}));
await Promise.all([assert.rejects(hanging, CircuitTimeoutError), clock.advanceAsync(2_000)]);
assert.equal(clock.pending, 0); // no timer is left

await trip(breaker);
clock.advance(breaker.snapshot().retryAfterMs ?? 0);
await breaker.execute(async () => 'a trial');
assert.equal(breaker.state, 'closed');
// #endregion

console.log(`${breaker.state} after ${clock.now()} ms that nobody waited for`);
