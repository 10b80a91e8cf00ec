import { CircuitBreaker, type CircuitBreakerOptions } from '@breaker/core';
import { FakeClock } from '@breaker/testing';
import type { LoggerOptions, pino } from 'pino';
import { type PinoListenerOptions, pinoListener } from '../src/index.js';
import { memoryLogger } from './memory.js';

interface Setting {
  readonly breaker?: CircuitBreakerOptions;
  readonly listener?: PinoListenerOptions;
  readonly logger?: LoggerOptions;
  readonly pino?: typeof pino;
}

/** A breaker that logs into memory, on a clock that stands still. */
export function setUp(setting: Setting = {}) {
  const clock = new FakeClock(1_000);
  const { memory, logger } = memoryLogger(setting.logger, setting.pino);
  const listener = pinoListener(logger, { clock, ...setting.listener });
  const breaker = new CircuitBreaker('payments', { clock, listeners: [listener], ...setting.breaker });
  return { clock, memory, logger, listener, breaker };
}
