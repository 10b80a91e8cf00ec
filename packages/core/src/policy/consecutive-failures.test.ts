import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyOutcomes } from '../../test/arbitrary-tallies.js';
import { FAILURE, NOTHING, SUCCESS } from '../../test/tallies.js';
import { consecutiveFailures } from './consecutive-failures.js';

describe('consecutiveFailures', () => {
  it('counts the failures since the last success, however the outcomes are summed up', () => {
    fc.assert(
      fc.property(fc.array(manyOutcomes), fc.integer({ min: 1, max: 12 }), (portions, threshold) => {
        const policy = consecutiveFailures(threshold);
        const streak = portions.reduce((memory, { tally }) => policy.record(memory, tally, 0), policy.initial());
        const outcomes = portions.flatMap((portion) => portion.outcomes);
        const failures = outcomes.length - 1 - outcomes.findLastIndex(({ failed }) => !failed);
        expect(policy.failures?.(streak, 0)).toBe(failures);
        expect(policy.trips(streak, 0)).toBe(failures >= threshold);
      }),
    );
  });

  it('trips at its threshold, not one failure before', () => {
    const policy = consecutiveFailures(3);
    const two = policy.record(policy.record(policy.initial(), FAILURE, 0), FAILURE, 0);
    expect(policy.trips(two, 0)).toBe(false);
    expect(policy.trips(policy.record(two, FAILURE, 0), 0)).toBe(true);
  });

  it('forgets its failures at a success', () => {
    const policy = consecutiveFailures(1);
    expect(policy.record(policy.record(policy.initial(), FAILURE, 0), SUCCESS, 0)).toBe(policy.initial());
  });

  it('remembers the same after no outcome at all', () => {
    expect(consecutiveFailures(3).record(2, NOTHING, 0)).toBe(2);
  });

  it('has no window, minds no slow calls, and can be shared', () => {
    const policy = consecutiveFailures(3);
    expect(policy.windowMs).toBeUndefined();
    expect(policy.slowCallMs).toBeUndefined();
    expect(policy.mergeable).toBe(true);
  });

  it('keeps its memory under one key, whatever the threshold', () => {
    expect(consecutiveFailures(3).key).toBe(consecutiveFailures(9).key);
  });

  it.each([
    [0, RangeError, '0'],
    [-1, RangeError, '-1'],
    [1.5, RangeError, '1.5'],
    [Number.NaN, RangeError, 'NaN'],
    [Number.POSITIVE_INFINITY, RangeError, 'Infinity'],
    [2 ** 53, RangeError, '9007199254740992'],
    ['3', TypeError, '"3"'],
    [undefined, TypeError, 'undefined'],
    [{ threshold: 3 }, TypeError, 'an object'],
  ])('refuses %s', (threshold, Failure, shown) => {
    const make = () => consecutiveFailures(threshold as number);
    expect(make).toThrow(Failure);
    expect(make).toThrow(`consecutiveFailures: threshold must be an integer of at least 1, but is ${shown}`);
  });
});
