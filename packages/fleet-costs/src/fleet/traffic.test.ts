import { CircuitBreaker } from '@breaker/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Traffic } from './traffic.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('makes so many calls a second, until it is told otherwise', async () => {
  const breaker = new CircuitBreaker('payments');
  const traffic = new Traffic(breaker, () => 0);
  traffic.flow(50);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(breaker.counts).toMatchObject({ calls: 100, successes: 100 });
  traffic.flow(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(breaker.counts.calls).toBe(100);
});

it('lets so large a share of them fail', async () => {
  let turn = 0;
  const breaker = new CircuitBreaker('payments');
  const traffic = new Traffic(breaker, () => (turn++ % 10) / 10);
  traffic.failing = 0.3;
  traffic.flow(100);
  await vi.advanceTimersByTimeAsync(1_000);
  traffic.flow(0);
  expect(breaker.counts).toMatchObject({ calls: 100, failures: 30 });
});
