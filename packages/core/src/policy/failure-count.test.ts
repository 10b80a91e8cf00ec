import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOutcome } from '../../test/arbitrary-tallies.js';
import { NaiveWindow } from '../../test/naive-window.js';
import { FAILURE, SUCCESS } from '../../test/tallies.js';
import { failureCount } from './failure-count.js';

describe('failureCount', () => {
  it('goes by the number of failures in the window, whatever succeeds between them', () => {
    const sequences = fc.array(fc.record({ gap: fc.nat(12), tally: oneOutcome }), { maxLength: 50 });
    fc.assert(
      fc.property(sequences, fc.integer({ min: 1, max: 6 }), (sequence, threshold) => {
        const policy = failureCount({ threshold, windowMs: 100 });
        const naive = new NaiveWindow(100);
        let memory = policy.initial();
        let now = 0;
        for (const { gap, tally } of sequence) {
          now += gap * 10;
          memory = policy.record(memory, tally, now);
          naive.record(tally, now);
          expect(policy.failures?.(memory, now)).toBe(naive.counts(now).failures);
          expect(policy.trips(memory, now)).toBe(naive.counts(now).failures >= threshold);
        }
      }),
    );
  });

  it('trips at its threshold, not one failure before', () => {
    const policy = failureCount({ threshold: 3, windowMs: 100 });
    const two = policy.record(policy.record(policy.initial(), FAILURE, 0), FAILURE, 1);
    expect(policy.trips(two, 2)).toBe(false);
    expect(policy.trips(policy.record(two, FAILURE, 2), 2)).toBe(true);
  });

  it('does not trip on failures that are as old as the window', () => {
    const policy = failureCount({ threshold: 1, windowMs: 100 });
    const one = policy.record(policy.initial(), FAILURE, 50);
    expect(policy.trips(one, 149)).toBe(true);
    expect(policy.trips(one, 150)).toBe(false);
  });

  it('has nothing to note of a success', () => {
    const policy = failureCount({ threshold: 3, windowMs: 100 });
    const memory = policy.record(policy.initial(), FAILURE, 0);
    const before = JSON.stringify(memory);
    expect(policy.record(memory, SUCCESS, 60)).toBe(memory);
    expect(JSON.stringify(memory)).toBe(before);
  });

  it('has a window, minds no slow calls, and cannot be shared', () => {
    const policy = failureCount({ threshold: 3, windowMs: 100 });
    expect(policy.windowMs).toBe(100);
    expect(policy.slowCallMs).toBeUndefined();
    expect(policy.mergeable).toBeFalsy();
  });

  it('keeps its memory under a key of its window, not of its threshold', () => {
    const { key } = failureCount({ threshold: 3, windowMs: 100 });
    expect(failureCount({ threshold: 4, windowMs: 100 }).key).toBe(key);
    expect(failureCount({ threshold: 3, windowMs: 101 }).key).not.toBe(key);
  });

  it.each([
    ['no options', undefined, TypeError, 'failureCount: options must be an object, but is undefined'],
    [
      'no threshold',
      { windowMs: 100 },
      TypeError,
      'failureCount: threshold must be an integer of at least 1, but is undefined',
    ],
    [
      'a share as the threshold',
      { threshold: 0.5, windowMs: 100 },
      RangeError,
      'failureCount: threshold must be an integer of at least 1, but is 0.5',
    ],
    [
      'no window',
      { threshold: 3 },
      TypeError,
      'failureCount: windowMs must be a finite number of milliseconds above 0, but is undefined',
    ],
    [
      'a window of 0',
      { threshold: 3, windowMs: 0 },
      RangeError,
      'failureCount: windowMs must be a finite number of milliseconds above 0, but is 0',
    ],
    [
      'a window without an end',
      { threshold: 3, windowMs: Number.POSITIVE_INFINITY },
      RangeError,
      'failureCount: windowMs must be a finite number of milliseconds above 0, but is Infinity',
    ],
    [
      'an unknown option',
      { threshold: 3, windowMs: 100, minimumCalls: 5 },
      TypeError,
      'failureCount: options has an unknown key "minimumCalls" (5), expected: threshold, windowMs',
    ],
  ])('refuses %s', (_, given, Failure, message) => {
    const make = () => failureCount(given as never);
    expect(make).toThrow(Failure);
    expect(make).toThrow(message);
  });
});
