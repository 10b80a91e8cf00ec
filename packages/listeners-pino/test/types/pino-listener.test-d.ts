import type { CircuitListener } from '@breaker/core';
import { CircuitBreaker } from '@breaker/core';
import type { BaseLogger, Level, Logger } from 'pino';
import { pino } from 'pino';
import { pino as pino9 } from 'pino-9';
import { expectTypeOf, test } from 'vitest';
import { type LevelKey, type PinoListener, type PinoListenerOptions, pinoListener } from '../../src/index.js';

test('it takes loggers of every version, children, and those with levels of their own', () => {
  pinoListener(pino());
  pinoListener(pino9());
  pinoListener(pino().child({ tenant: 'north' }));
  pinoListener(pino({ customLevels: { audit: 35 } }), { levels: { open: 'audit' } });
  const levels = { audit: 35 };
  pinoListener(pino({ customLevels: levels, useOnlyCustomLevels: true, level: 'audit' }));
  pinoListener(pino9({ customLevels: levels, useOnlyCustomLevels: true, level: 'audit' }));
  pinoListener({} as Logger<'audit', boolean>);
});

test('it takes the logger of a framework that shows the methods and child only', () => {
  interface FrameworkLogger extends Pick<BaseLogger, 'level' | 'silent' | Level> {
    child(bindings: Record<string, unknown>): FrameworkLogger;
  }
  pinoListener({} as FrameworkLogger);
});

test('what is no logger is refused', () => {
  // @ts-expect-error has no child
  pinoListener(console);
  // @ts-expect-error makes loggers
  pinoListener(pino);
});

test('every option accepts undefined', () => {
  expectTypeOf<{ [Key in keyof PinoListenerOptions]-?: undefined }>().toExtend<PinoListenerOptions>();
  expectTypeOf<{ levels: { [Key in LevelKey]: undefined } }>().toExtend<PinoListenerOptions>();
  pinoListener(pino(), undefined);
});

test('what is no option, or no event, is refused', () => {
  // @ts-expect-error an unknown option
  pinoListener(pino(), { level: 'warn' });
  // @ts-expect-error an unknown event
  pinoListener(pino(), { levels: { opened: 'warn' } });
  // @ts-expect-error no level
  pinoListener(pino(), { levels: { open: 40 } });
});

test('what it gives is a listener, and can be disposed of', () => {
  expectTypeOf(pinoListener(pino())).toEqualTypeOf<PinoListener>();
  expectTypeOf<PinoListener>().toExtend<CircuitListener & Disposable>();
  expectTypeOf<PinoListener['flush']>().toEqualTypeOf<() => void>();
  new CircuitBreaker('payments', { listeners: [pinoListener(pino())] });
});
