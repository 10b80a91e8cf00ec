// Tests an application whose breaker is handed in, in vitest: nothing is waited for, and nothing leaves the process.

import { CircuitBreaker, CircuitTimeoutError } from '@breaker/core';
import { FakeClock, outcomes, trip } from '@breaker/testing';
import { beforeEach, expect, it } from 'vitest';
import { Exchange } from './exchange.js';

let clock: FakeClock;
let breaker: CircuitBreaker;

beforeEach(() => {
  clock = new FakeClock();
  breaker = new CircuitBreaker('bank', { timeoutMs: 2_000, resetTimeoutMs: 30_000, clock });
});

it('gives the last rate for as long as the bank is not asked', async () => {
  const askBank = outcomes(11.5, 12);
  const exchange = new Exchange(askBank, breaker);
  expect(await exchange.rate()).toEqual({ rate: 11.5, isFresh: true });

  await trip(breaker);
  clock.advance(29_999);
  expect(await exchange.rate()).toEqual({ rate: 11.5, isFresh: false });
  expect(askBank.calls).toBe(1);

  clock.advance(1);
  expect(await exchange.rate()).toEqual({ rate: 12, isFresh: true });
  expect(breaker.state).toBe('closed');
});

it('waits two seconds for a bank that hangs', async () => {
  const exchange = new Exchange(() => new Promise(() => {}), breaker);
  const timedOut = expect(exchange.rate()).rejects.toBeInstanceOf(CircuitTimeoutError);
  await clock.advanceAsync(2_000);
  await timedOut;
});
