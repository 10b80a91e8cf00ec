import { CircuitBreaker } from '@breaker/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fail } from '../test/calls.js';
import { memoryLogger } from '../test/memory.js';
import { pinoListener } from './pino-listener.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('is what a listener counts by where none is given, and fake timers reach it', () => {
  const { memory, logger } = memoryLogger();
  const listener = pinoListener(logger);
  const breaker = new CircuitBreaker('payments', { listeners: [listener], failureThreshold: 9 });
  fail(breaker, 3);
  vi.advanceTimersByTime(10_000);
  expect(memory.of('failure')).toMatchObject([{ count: 1 }, { count: 2, overMs: 10_000 }]);
  expect(vi.getTimerCount()).toBe(1);
  listener.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
