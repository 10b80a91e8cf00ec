import { CircuitBreaker } from '@breaker/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Traffic } from './traffic.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Drawn so, each pause is as long as the average, or next to it. */
const AVERAGE = 0.632;

it('makes so many calls a second, until it is told otherwise', async () => {
  const breaker = new CircuitBreaker('payments');
  const traffic = new Traffic(breaker, () => AVERAGE);
  traffic.flow(50);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(breaker.counts).toMatchObject({ calls: 100, successes: 100 });
  traffic.flow(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(breaker.counts.calls).toBe(100);
});

it('makes them by chance, after long pauses and short ones', async () => {
  const breaker = new CircuitBreaker('payments');
  const traffic = new Traffic(breaker, () => (breaker.counts.calls === 0 ? 0.9 : 0.1));
  traffic.flow(10);
  await vi.advanceTimersByTimeAsync(220);
  expect(breaker.counts.calls).toBe(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(breaker.counts.calls).toBeGreaterThan(5);
  traffic.flow(0);
});

it('lets so large a share of them fail', async () => {
  let draws = 0;
  const breaker = new CircuitBreaker('payments');
  // A pause, and then what becomes of the call, again and again.
  const traffic = new Traffic(breaker, () => (draws++ % 2 === 0 ? AVERAGE : (draws % 20) / 20));
  traffic.failing = 0.3;
  traffic.flow(100);
  await vi.advanceTimersByTimeAsync(1_000);
  traffic.flow(0);
  expect(breaker.counts).toMatchObject({ calls: 100, failures: 30 });
});
