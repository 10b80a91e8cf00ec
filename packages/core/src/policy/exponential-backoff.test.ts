import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exponentialBackoff } from './exponential-backoff.js';

const never = () => 0;
const chances = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('exponentialBackoff', () => {
  it('doubles with every trip, up to the longest', () => {
    const resetTimeoutMs = exponentialBackoff({ initialMs: 100, maxMs: 700, jitter: 0 });
    expect([1, 2, 3, 4, 5].map((trips) => resetTimeoutMs(trips, Math.random))).toEqual([100, 200, 400, 700, 700]);
  });

  it('multiplies by the factor that is given', () => {
    const resetTimeoutMs = exponentialBackoff({ initialMs: 10, maxMs: 10_000, factor: 3, jitter: 0 });
    expect([1, 2, 3, 4].map((trips) => resetTimeoutMs(trips, never))).toEqual([10, 30, 90, 270]);
  });

  it('stays the same with a factor of 1, and with a maximum that is the beginning', () => {
    expect(exponentialBackoff({ initialMs: 10, maxMs: 99, factor: 1, jitter: 0 })(7, never)).toBe(10);
    expect(exponentialBackoff({ initialMs: 10, maxMs: 10, jitter: 0 })(7, never)).toBe(10);
  });

  it('lets chance take away the part of it that is called jitter, and no more', () => {
    const options = fc.record({
      initialMs: fc.integer({ min: 1, max: 1_000 }),
      maxMs: fc.integer({ min: 1_000, max: 100_000 }),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 30 }), chances, (given, trips, chance) => {
        const { initialMs, maxMs, factor, jitter } = given;
        const whole = Math.min(maxMs, initialMs * factor ** (trips - 1));
        const ms = exponentialBackoff(given)(trips, () => chance);
        expect(ms).toBeCloseTo(whole * (1 - jitter * chance), 6);
        expect(ms).toBeLessThanOrEqual(whole);
        expect(ms).toBeGreaterThanOrEqual(whole * (1 - jitter) - 1e-6);
      }),
    );
  });

  it('takes away up to a fifth where no jitter is given', () => {
    const resetTimeoutMs = exponentialBackoff({ initialMs: 100, maxMs: 1_000, factor: undefined, jitter: undefined });
    expect(resetTimeoutMs(2, never)).toBe(200);
    expect(resetTimeoutMs(2, () => 0.5)).toBe(180);
    expect(resetTimeoutMs(2, () => 0.999_999)).toBeCloseTo(160, 3);
  });

  it('may take everything away with a jitter of 1', () => {
    expect(exponentialBackoff({ initialMs: 100, maxMs: 100, jitter: 1 })(1, () => 0.99)).toBeCloseTo(1);
  });

  it('stays at the longest however many trips there are', () => {
    const resetTimeoutMs = exponentialBackoff({ initialMs: 1, maxMs: 5_000, factor: 10, jitter: 0 });
    expect(resetTimeoutMs(5_000, never)).toBe(5_000);
  });

  const fine = { initialMs: 100, maxMs: 1_000 };
  const duration = 'a finite number of milliseconds above 0';
  it.each([
    ['no options', undefined, TypeError, 'exponentialBackoff: options must be an object, but is undefined'],
    ['no initialMs', { maxMs: 5 }, TypeError, `exponentialBackoff: initialMs must be ${duration}, but is undefined`],
    [
      'initialMs of 0',
      { ...fine, initialMs: 0 },
      RangeError,
      `exponentialBackoff: initialMs must be ${duration}, but is 0`,
    ],
    ['no maxMs', { initialMs: 5 }, TypeError, `exponentialBackoff: maxMs must be ${duration}, but is undefined`],
    [
      'maxMs without an end',
      { ...fine, maxMs: Number.POSITIVE_INFINITY },
      RangeError,
      `exponentialBackoff: maxMs must be ${duration}, but is Infinity`,
    ],
    [
      'maxMs below initialMs',
      { initialMs: 100, maxMs: 99 },
      RangeError,
      'exponentialBackoff: maxMs must be at least initialMs (100), but is 99',
    ],
    [
      'a factor below 1',
      { ...fine, factor: 0.5 },
      RangeError,
      'exponentialBackoff: factor must be a finite number of at least 1, but is 0.5',
    ],
    [
      'a factor without an end',
      { ...fine, factor: Number.POSITIVE_INFINITY },
      RangeError,
      'exponentialBackoff: factor must be a finite number of at least 1, but is Infinity',
    ],
    [
      'a factor of a wrong type',
      { ...fine, factor: '2' },
      TypeError,
      'exponentialBackoff: factor must be a finite number of at least 1, but is "2"',
    ],
    [
      'a jitter above 1',
      { ...fine, jitter: 1.1 },
      RangeError,
      'exponentialBackoff: jitter must be a part from 0 to 1, but is 1.1',
    ],
    [
      'a jitter below 0',
      { ...fine, jitter: -0.1 },
      RangeError,
      'exponentialBackoff: jitter must be a part from 0 to 1, but is -0.1',
    ],
    [
      'a jitter that is no number',
      { ...fine, jitter: Number.NaN },
      RangeError,
      'exponentialBackoff: jitter must be a part from 0 to 1, but is NaN',
    ],
    [
      'an unknown option',
      { ...fine, max: 5 },
      TypeError,
      'exponentialBackoff: options has an unknown key "max" (5), expected: initialMs, maxMs, factor, jitter',
    ],
  ])('refuses %s', (_, given, Failure, message) => {
    const make = () => exponentialBackoff(given as never);
    expect(make).toThrow(Failure);
    expect(make).toThrow(message);
  });
});
