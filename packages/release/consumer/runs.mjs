// What a user's program does at run time, in whatever runs it. Prints one line where all is well.

import { CircuitBreaker, CircuitOpenError } from '@breaker/core';
import { pinoListener } from '@breaker/listeners-pino';
import { RedisStorage } from '@breaker/redis';
import { FakeClock, outcomes, simulateFleet, trip } from '@breaker/testing';

const clock = new FakeClock();
const breaker = new CircuitBreaker('smoke', { clock, timeoutMs: 100, resetTimeoutMs: 1_000 });
const call = breaker.wrap(outcomes('answered', new Error('failed'), 'answered'));

const first = await call();
await trip(breaker);
const rejection = await call().catch((error) => error instanceof CircuitOpenError && error.retryAfterMs);
clock.advance(1_000);
const failed = await call().catch((error) => error.code);
clock.advance(1_000);
const hanging = breaker.execute(() => new Promise(() => {})).catch((error) => error.cause.code);
await clock.advanceAsync(100);
const { violations } = await simulateFleet({ seed: 1, steps: 30 });

console.log(
  [typeof RedisStorage, typeof pinoListener, first, rejection, failed, await hanging, violations.length].join(' '),
);
