import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOutcome } from '../../test/arbitrary-tallies.js';
import { FAILURE, SUCCESS } from '../../test/tallies.js';
import { lastCalls } from './last-calls.js';
import type { Tally } from './trip-policy.js';

function after(policy: ReturnType<typeof lastCalls>, tallies: readonly Tally[]) {
  return tallies.reduce((memory, tally) => policy.record(memory, tally, 0), policy.initial());
}

const options = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    least: fc.nat(11),
    threshold: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })
  .map(({ size, least, threshold }) => ({ size, threshold, minimumCalls: 1 + (least % size) }));

describe('lastCalls', () => {
  it('goes by the share of failures among the last calls', () => {
    fc.assert(
      fc.property(options, fc.array(oneOutcome, { maxLength: 60 }), (given, tallies) => {
        const policy = lastCalls(given);
        const memory = policy.initial();
        for (const [index, tally] of tallies.entries()) {
          policy.record(memory, tally, 0);
          const last = tallies.slice(0, index + 1).slice(-given.size);
          const failures = last.filter((each) => each.failures > 0).length;
          expect(policy.failures?.(memory, 0)).toBe(failures);
          const isMet = last.length >= given.minimumCalls && failures / last.length >= given.threshold;
          expect(policy.trips(memory, 0)).toBe(isMet);
        }
      }),
    );
  });

  it('trips at its threshold, not one failure before, whatever the share', () => {
    for (let size = 1; size <= 40; size++) {
      for (let failures = 1; failures <= size; failures++) {
        const policy = lastCalls({ size, threshold: failures / size });
        const outcomes = [...Array(failures).fill(FAILURE), ...Array(size - failures).fill(SUCCESS)];
        expect(policy.trips(after(policy, outcomes), 0), `${failures} of ${size}`).toBe(true);
        expect(policy.trips(after(policy, [...outcomes, SUCCESS]), 0), `${failures - 1} of ${size}`).toBe(false);
      }
    }
  });

  it('waits for a full window where minimumCalls is not given', () => {
    const policy = lastCalls({ size: 3, threshold: 0.1, minimumCalls: undefined });
    expect(policy.trips(after(policy, [FAILURE, FAILURE]), 0)).toBe(false);
    expect(policy.trips(after(policy, [FAILURE, FAILURE, SUCCESS]), 0)).toBe(true);
  });

  it('trips at minimumCalls, not one call before', () => {
    const policy = lastCalls({ size: 10, threshold: 1, minimumCalls: 2 });
    expect(policy.trips(after(policy, [FAILURE]), 0)).toBe(false);
    expect(policy.trips(after(policy, [FAILURE, FAILURE]), 0)).toBe(true);
  });

  it('does not trip before the first call', () => {
    const policy = lastCalls({ size: 1, threshold: 0.1 });
    expect(policy.trips(policy.initial(), 0)).toBe(false);
  });

  it('has no window of time, minds no slow calls, and cannot be shared', () => {
    const policy = lastCalls({ size: 3, threshold: 1 });
    expect(policy.windowMs).toBeUndefined();
    expect(policy.slowCallMs).toBeUndefined();
    expect(policy.mergeable).toBeFalsy();
  });

  it('keeps its memory under a key of its size, not of its thresholds', () => {
    const { key } = lastCalls({ size: 3, threshold: 1 });
    expect(lastCalls({ size: 3, threshold: 0.5, minimumCalls: 1 }).key).toBe(key);
    expect(lastCalls({ size: 4, threshold: 1 }).key).not.toBe(key);
  });

  it.each([
    ['no options', undefined, TypeError, 'lastCalls: options must be an object, but is undefined'],
    ['no size', { threshold: 1 }, TypeError, 'lastCalls: size must be an integer of at least 1, but is undefined'],
    [
      'a size of 0',
      { size: 0, threshold: 1 },
      RangeError,
      'lastCalls: size must be an integer of at least 1, but is 0',
    ],
    [
      'no threshold',
      { size: 3 },
      TypeError,
      'lastCalls: threshold must be a share above 0 and up to 1, but is undefined',
    ],
    [
      'a threshold of 0',
      { size: 3, threshold: 0 },
      RangeError,
      'lastCalls: threshold must be a share above 0 and up to 1, but is 0',
    ],
    [
      'a threshold above 1',
      { size: 3, threshold: 50 },
      RangeError,
      'lastCalls: threshold must be a share above 0 and up to 1, but is 50',
    ],
    [
      'a threshold that is no number',
      { size: 3, threshold: Number.NaN },
      RangeError,
      'lastCalls: threshold must be a share above 0 and up to 1, but is NaN',
    ],
    [
      'minimumCalls of a wrong type',
      { size: 3, threshold: 1, minimumCalls: null },
      TypeError,
      'lastCalls: minimumCalls must be an integer of at least 1, but is null',
    ],
    [
      'minimumCalls that the window never holds',
      { size: 3, threshold: 1, minimumCalls: 4 },
      RangeError,
      'lastCalls: minimumCalls must be at most size (3), but is 4',
    ],
    [
      'an unknown option',
      { size: 3, threshold: 1, windowMs: 5 },
      TypeError,
      'lastCalls: options has an unknown key "windowMs" (5), expected: size, threshold, minimumCalls',
    ],
  ])('refuses %s', (_, given, Failure, message) => {
    const make = () => lastCalls(given as never);
    expect(make).toThrow(Failure);
    expect(make).toThrow(message);
  });
});
