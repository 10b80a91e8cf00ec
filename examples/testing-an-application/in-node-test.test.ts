// Tests an application whose breaker is handed in, in node:test: nothing is waited for, and nothing leaves the process.

import assert from 'node:assert/strict';
import { beforeEach, it } from 'node:test';
import { CircuitBreaker, CircuitTimeoutError } from '@breaker/core';
import { FakeClock, outcomes, trip } from '@breaker/testing';
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
  assert.deepEqual(await exchange.rate(), { rate: 11.5, isFresh: true });

  await trip(breaker);
  clock.advance(29_999);
  assert.deepEqual(await exchange.rate(), { rate: 11.5, isFresh: false });
  assert.equal(askBank.calls, 1);

  clock.advance(1);
  assert.deepEqual(await exchange.rate(), { rate: 12, isFresh: true });
  assert.equal(breaker.state, 'closed');
});

it('waits two seconds for a bank that hangs', async () => {
  const exchange = new Exchange(() => new Promise(() => {}), breaker);
  const timedOut = assert.rejects(exchange.rate(), CircuitTimeoutError);
  await clock.advanceAsync(2_000);
  await timedOut;
});
