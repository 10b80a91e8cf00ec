import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { memoryLogger } from '../test/memory.js';
import { pinoListener } from './pino-listener.js';

const { logger } = memoryLogger();
const method = () => undefined;

/** What making a listener throws. */
function thrownBy(...args: readonly unknown[]): unknown {
  try {
    pinoListener(...(args as Parameters<typeof pinoListener>));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('what is no logger is refused', () => {
  it.each([
    ['undefined', undefined],
    ['null', null],
    ['"info"', 'info'],
    ['an object', {}],
    ['an object', console],
    ['an object', { child: method }],
    ['an object', { info: method }],
    ['an array', [logger]],
    ['a function', pino],
  ])('%s', (shown, given) => {
    expect(thrownBy(given)).toEqual(new TypeError(`logger must be a logger of pino, but is ${shown}`));
  });
});

describe('what is no option is refused', () => {
  const known = 'open, half-open, closed, isolated, disabled, storage-degraded, storage-recovered, listener-error';
  const keys = `${known}, reject, failure, ignore, before-call, success`;

  it.each([
    [null, TypeError, 'options must be an object, but is null'],
    [[], TypeError, 'options must be an object, but is an array'],
    [{ level: 1 }, TypeError, 'options has an unknown key "level" (1), expected: levels, summaryMs, clock'],
    [{ levels: 'warn' }, TypeError, 'levels must be an object, but is "warn"'],
    [{ levels: { opne: 'warn' } }, TypeError, `levels has an unknown key "opne" ("warn"), expected: ${keys}`],
    [{ levels: { open: 40 } }, TypeError, /^levels\.open must be a level of the logger \(.*\) or "silent", but is 40$/],
    [{ levels: { open: 'loud' } }, RangeError, /^levels\.open must be .* or "silent", but is "loud"$/],
    [{ levels: { open: 'child' } }, RangeError, /^levels\.open must be .*, but is "child"$/],
    [{ levels: { open: 'toString' } }, RangeError, /^levels\.open must be .*, but is "toString"$/],
    [{ levels: { success: 'x'.repeat(99) } }, RangeError, /but is "x{80}\.\.\."$/],
    [{ summaryMs: '10' }, TypeError, 'summaryMs must be a finite number of milliseconds above 0, but is "10"'],
    [{ summaryMs: 0 }, RangeError, 'summaryMs must be a finite number of milliseconds above 0, but is 0'],
    [{ summaryMs: -1 }, RangeError, /but is -1$/],
    [{ summaryMs: Number.NaN }, RangeError, /but is NaN$/],
    [{ summaryMs: Number.POSITIVE_INFINITY }, RangeError, /but is Infinity$/],
    [
      { clock: Date },
      TypeError,
      'clock must be a clock: an object with now, setTimeout and clearTimeout, but is a function',
    ],
    [{ clock: { now: method } }, TypeError, 'clock.setTimeout must be a function, but is undefined'],
  ])('%o', (options, Failure, message) => {
    const thrown = thrownBy(logger, options);
    expect(thrown).toBeInstanceOf(Failure);
    expect((thrown as Error).message).toMatch(message);
  });

  it('names the levels that there are, of a logger with its own only', () => {
    const custom = pino({ customLevels: { note: 10, alarm: 20 }, useOnlyCustomLevels: true, level: 'note' });
    expect(thrownBy(custom)).toEqual(
      new RangeError('levels.open must be a level of the logger (note, alarm) or "silent", but is "warn"'),
    );
    const silent = { levels: { open: 'alarm', closed: 'silent' } };
    expect((thrownBy(custom, silent) as Error).message).toMatch(/^levels\.half-open must be .* but is "info"$/);
  });

  it('names no levels of a logger that does not tell them', () => {
    const expected = 'levels.open must be a level of the logger (such as warn) or "silent", but is "warn"';
    expect(thrownBy({ info: method, child: method })).toEqual(new RangeError(expected));
  });
});

describe('options given as undefined', () => {
  it('are absent', () => {
    const options = { levels: { open: undefined }, summaryMs: undefined, clock: undefined };
    expect(thrownBy(logger, options)).toBeUndefined();
    expect(thrownBy(logger, { levels: undefined })).toBeUndefined();
    expect(thrownBy(logger, undefined)).toBeUndefined();
  });
});
