import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyOutcomes } from '../../test/arbitrary-tallies.js';
import { NaiveWindow } from '../../test/naive-window.js';
import { FAILURE, SLOW_FAILURE, SLOW_SUCCESS, SUCCESS } from '../../test/tallies.js';
import { type FailureRateOptions, failureRate } from './failure-rate.js';
import type { Tally } from './trip-policy.js';

const shares = fc.double({ min: 0.01, max: 1, noNaN: true });

/** Whether the policy trips on these outcomes, all of them just now. */
function tripsOn(options: Omit<FailureRateOptions, 'windowMs'>, ...tallies: readonly Tally[]): boolean {
  const policy = failureRate({ windowMs: 100, minimumCalls: 1, ...options });
  const memory = tallies.reduce((window, tally) => policy.record(window, tally, 0), policy.initial());
  return policy.trips(memory, 0);
}

describe('failureRate', () => {
  it('goes by the share of failures, and of slow calls, among the calls in the window', () => {
    const sequences = fc.array(fc.record({ gap: fc.nat(12), ago: fc.nat(12), many: manyOutcomes }), { maxLength: 40 });
    const options = fc.record({
      threshold: shares,
      slowCallThreshold: shares,
      minimumCalls: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(sequences, options, (sequence, given) => {
        const policy = failureRate({ ...given, windowMs: 100, slowCallMs: 10 });
        const naive = new NaiveWindow(100);
        let memory = policy.initial();
        let now = 0;
        for (const { gap, ago, many } of sequence) {
          now += gap * 10;
          const tally = { ...many.tally, ageMs: ago * 10 };
          memory = policy.record(memory, tally, now);
          naive.record(tally, now);
          const { successes, failures, slow } = naive.counts(now);
          const calls = successes + failures;
          expect(policy.failures?.(memory, now)).toBe(failures);
          const isMet = failures / calls >= given.threshold || slow / calls >= given.slowCallThreshold;
          expect(policy.trips(memory, now)).toBe(calls >= given.minimumCalls && isMet);
        }
      }),
    );
  });

  it('trips at its threshold, not one failure before, whatever the share', () => {
    for (let calls = 1; calls <= 40; calls++) {
      for (let failures = 1; failures <= calls; failures++) {
        const threshold = failures / calls;
        const tally = { ...SUCCESS, successes: calls - failures, failures };
        expect(tripsOn({ threshold }, tally), `${failures} of ${calls}`).toBe(true);
        const fewer = { ...SUCCESS, successes: calls - failures + 1, failures: failures - 1 };
        expect(tripsOn({ threshold }, fewer), `${failures - 1} of ${calls}`).toBe(false);
      }
    }
  });

  it('trips at minimumCalls, not one call before', () => {
    expect(tripsOn({ threshold: 1, minimumCalls: 3 }, FAILURE, FAILURE)).toBe(false);
    expect(tripsOn({ threshold: 1, minimumCalls: 3 }, FAILURE, FAILURE, FAILURE)).toBe(true);
  });

  it('waits for 20 calls where minimumCalls is not given', () => {
    const nineteen = { ...FAILURE, failures: 19, streak: 19 };
    expect(tripsOn({ threshold: 1, minimumCalls: undefined }, nineteen)).toBe(false);
    expect(tripsOn({ threshold: 1, minimumCalls: undefined }, nineteen, FAILURE)).toBe(true);
  });

  it('trips on slow calls at slowCallThreshold, whether they failed or not', () => {
    const options = { threshold: 1, slowCallMs: 10, slowCallThreshold: 0.5 };
    expect(tripsOn(options, SLOW_SUCCESS, SUCCESS)).toBe(true);
    expect(tripsOn(options, SLOW_FAILURE, SUCCESS)).toBe(true);
    expect(tripsOn(options, SLOW_SUCCESS, SUCCESS, SUCCESS)).toBe(false);
  });

  it('takes its threshold for slow calls too, where slowCallThreshold is not given', () => {
    const options = { threshold: 0.25, slowCallMs: 10, slowCallThreshold: undefined };
    expect(tripsOn(options, SLOW_SUCCESS, SUCCESS, SUCCESS, SUCCESS)).toBe(true);
    expect(tripsOn(options, SLOW_SUCCESS, SUCCESS, SUCCESS, SUCCESS, SUCCESS)).toBe(false);
  });

  it('minds no slow calls where slowCallMs is not given', () => {
    expect(tripsOn({ threshold: 0.5, slowCallMs: undefined }, SLOW_SUCCESS, SLOW_SUCCESS)).toBe(false);
  });

  it('does not trip on an empty window', () => {
    expect(tripsOn({ threshold: 0.01 })).toBe(false);
    const policy = failureRate({ threshold: 0.01, windowMs: 100, minimumCalls: 1 });
    expect(policy.trips(policy.record(policy.initial(), FAILURE, 0), 100)).toBe(false);
  });

  it('has a window, says which calls are slow, and can be shared', () => {
    const policy = failureRate({ threshold: 1, windowMs: 100, slowCallMs: 10 });
    expect(policy.windowMs).toBe(100);
    expect(policy.slowCallMs).toBe(10);
    expect(policy.mergeable).toBe(true);
    expect(failureRate({ threshold: 1, windowMs: 100 }).slowCallMs).toBeUndefined();
  });

  it('keeps its memory under a key of its window and of what is slow, not of its thresholds', () => {
    const { key } = failureRate({ threshold: 1, windowMs: 100, slowCallMs: 10 });
    const other = { threshold: 0.5, minimumCalls: 3, slowCallThreshold: 0.5 };
    expect(failureRate({ ...other, windowMs: 100, slowCallMs: 10 }).key).toBe(key);
    expect(failureRate({ threshold: 1, windowMs: 101, slowCallMs: 10 }).key).not.toBe(key);
    expect(failureRate({ threshold: 1, windowMs: 100, slowCallMs: 11 }).key).not.toBe(key);
    expect(failureRate({ threshold: 1, windowMs: 100 }).key).not.toBe(key);
  });

  const fine = { threshold: 0.5, windowMs: 100 };
  it.each([
    ['no options', undefined, TypeError, 'failureRate: options must be an object, but is undefined'],
    [
      'a threshold in percent',
      { ...fine, threshold: 50 },
      RangeError,
      'failureRate: threshold must be a share above 0 and up to 1, but is 50',
    ],
    [
      'a threshold of 0',
      { ...fine, threshold: 0 },
      RangeError,
      'failureRate: threshold must be a share above 0 and up to 1, but is 0',
    ],
    [
      'a threshold of a wrong type',
      { ...fine, threshold: '50%' },
      TypeError,
      'failureRate: threshold must be a share above 0 and up to 1, but is "50%"',
    ],
    [
      'no window',
      { threshold: 0.5 },
      TypeError,
      'failureRate: windowMs must be a finite number of milliseconds above 0, but is undefined',
    ],
    [
      'a window below 0',
      { ...fine, windowMs: -1 },
      RangeError,
      'failureRate: windowMs must be a finite number of milliseconds above 0, but is -1',
    ],
    [
      'minimumCalls of 0',
      { ...fine, minimumCalls: 0 },
      RangeError,
      'failureRate: minimumCalls must be an integer of at least 1, but is 0',
    ],
    [
      'slowCallMs of 0',
      { ...fine, slowCallMs: 0 },
      RangeError,
      'failureRate: slowCallMs must be a finite number of milliseconds above 0, but is 0',
    ],
    [
      'a slowCallThreshold above 1',
      { ...fine, slowCallMs: 10, slowCallThreshold: 1.1 },
      RangeError,
      'failureRate: slowCallThreshold must be a share above 0 and up to 1, but is 1.1',
    ],
    [
      'a slowCallThreshold without slowCallMs',
      { ...fine, slowCallThreshold: 0.5 },
      TypeError,
      'failureRate: slowCallThreshold must be absent without slowCallMs, but is 0.5',
    ],
    [
      'an unknown option',
      { ...fine, window: 100 },
      TypeError,
      'failureRate: options has an unknown key "window" (100), expected: threshold, windowMs, minimumCalls, slowCallMs',
    ],
  ])('refuses %s', (_, given, Failure, message) => {
    const make = () => failureRate(given as never);
    expect(make).toThrow(Failure);
    expect(make).toThrow(message);
  });
});
