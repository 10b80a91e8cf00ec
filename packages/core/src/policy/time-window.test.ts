import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manyOutcomes, oneOutcome } from '../../test/arbitrary-tallies.js';
import { deepFreeze } from '../../test/deep-freeze.js';
import { NaiveWindow, type WindowCounts } from '../../test/naive-window.js';
import { FAILURE, SUCCESS } from '../../test/tallies.js';
import { addToWindow, emptyWindow, type TimeWindow, windowTotals } from './time-window.js';

const NONE: WindowCounts = { successes: 0, failures: 0, slow: 0 };
const starts = fc.constantFrom(0, 1_700_000_000_000.25);
const windows = fc.oneof(fc.constantFrom(10, 100, 60_000), fc.integer({ min: 7, max: 5_000 }));
/** A part of the window. */
const parts = fc
  .oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 2_500 }))
  .map((part) => part / 1_000);

function expectBetween(actual: WindowCounts, { least, most }: ReturnType<NaiveWindow['bounds']>): void {
  for (const field of ['successes', 'failures', 'slow'] as const) {
    expect(actual[field]).toBeGreaterThanOrEqual(least[field]);
    expect(actual[field]).toBeLessThanOrEqual(most[field]);
  }
}

/** A window of 100 ms, of buckets of 10 ms, that holds these failures. */
function windowOf(...instants: readonly number[]): TimeWindow {
  return instants.reduce((window, at) => addToWindow(window, FAILURE, at, 100), emptyWindow());
}

describe('a time window', () => {
  it('counts nothing before the first outcome, at any time', () => {
    expect(windowTotals(emptyWindow(), 0, 100)).toEqual(NONE);
    expect(windowTotals(emptyWindow(), 1_700_000_000_000, 100)).toEqual(NONE);
  });

  it('counts what is younger than it less a bucket, and nothing that is as old as it', () => {
    const gaps = fc.array(fc.record({ part: parts, tally: oneOutcome }), { maxLength: 40 });
    fc.assert(
      fc.property(starts, windows, gaps, parts, (start, windowMs, sequence, rest) => {
        const window = emptyWindow();
        const naive = new NaiveWindow(windowMs);
        let now = start;
        for (const { part, tally } of sequence) {
          now += part * windowMs;
          addToWindow(window, tally, now, windowMs);
          naive.record(tally, now);
          expectBetween(windowTotals(window, now, windowMs), naive.bounds(now));
        }
        now += rest * windowMs;
        expectBetween(windowTotals(window, now, windowMs), naive.bounds(now));
      }),
    );
  });

  it('takes a clock that goes back for one that stands still', () => {
    const jumps = fc.integer({ min: -2_000, max: 2_000 }).map((part) => part / 1_000);
    const sequences = fc.array(fc.record({ jump: jumps, tally: oneOutcome }), { maxLength: 40 });
    fc.assert(
      fc.property(windows, sequences, jumps, (windowMs, sequence, rest) => {
        const window = emptyWindow();
        const naive = new NaiveWindow(windowMs);
        let now = 1_000_000;
        for (const { jump, tally } of sequence) {
          now += jump * windowMs;
          addToWindow(window, tally, now, windowMs);
          naive.record(tally, now);
          expectBetween(windowTotals(window, now, windowMs), naive.bounds(now));
        }
        now += rest * windowMs;
        expectBetween(windowTotals(window, now, windowMs), naive.bounds(now));
      }),
    );
  });

  it('takes outcomes that are some time old, in any order', () => {
    const sequences = fc.array(fc.record({ part: parts, ago: parts, many: manyOutcomes }), { maxLength: 30 });
    fc.assert(
      fc.property(starts, windows, sequences, (start, windowMs, sequence) => {
        const window = emptyWindow();
        const naive = new NaiveWindow(windowMs);
        let now = start;
        for (const { part, ago, many } of sequence) {
          now += part * windowMs;
          const tally = { ...many.tally, ageMs: ago * windowMs };
          addToWindow(window, tally, now, windowMs);
          naive.record(tally, now);
          expectBetween(windowTotals(window, now, windowMs), naive.bounds(now));
        }
      }),
    );
  });

  it('is exact where outcomes and readings are whole buckets apart', () => {
    const sequences = fc.array(fc.record({ gap: fc.nat(12), ago: fc.nat(12), many: manyOutcomes }), { maxLength: 30 });
    fc.assert(
      fc.property(sequences, (sequence) => {
        const window = emptyWindow();
        const naive = new NaiveWindow(100);
        let now = 500;
        for (const { gap, ago, many } of sequence) {
          now += gap * 10;
          const tally = { ...many.tally, ageMs: ago * 10 };
          addToWindow(window, tally, now, 100);
          naive.record(tally, now);
          expect(windowTotals(window, now, 100)).toEqual(naive.counts(now));
        }
      }),
    );
  });

  it('gives the same totals in whatever order and portions the same outcomes are reported', () => {
    const reports = fc.array(fc.record({ at: fc.nat(25), tally: oneOutcome, delay: fc.nat(5) }), { minLength: 1 });
    fc.assert(
      fc.property(reports, (outcomes) => {
        const deliver = (late: boolean): WindowCounts => {
          const window = addToWindow(emptyWindow(), SUCCESS, 0, 100);
          const deliveries = outcomes.map(({ at, tally, delay }) => ({ at, tally, now: at + (late ? delay : 0) }));
          for (const { at, tally, now } of deliveries.sort((a, b) => a.now - b.now)) {
            addToWindow(window, { ...tally, ageMs: (now - at) * 10 }, now * 10, 100);
          }
          return windowTotals(window, 300, 100);
        };
        expect(deliver(true)).toEqual(deliver(false));
      }),
    );
  });

  it('forgets everything in a gap that is as long as it', () => {
    expect(windowTotals(windowOf(5, 40, 95), 195, 100)).toEqual(NONE);
    expect(windowTotals(windowOf(5, 40, 95, 195), 195, 100).failures).toBe(1);
  });

  it('begins its buckets anew at the first outcome after such a gap', () => {
    for (const at of [113, 1_003]) {
      const window = windowOf(5, at);
      expect(windowTotals(window, at + 99, 100).failures).toBe(1);
      expect(windowTotals(window, at + 100, 100).failures).toBe(0);
    }
  });

  it('forgets bucket by bucket', () => {
    const window = windowOf(0, 9, 10, 99);
    expect(windowTotals(window, 99, 100).failures).toBe(4);
    expect(windowTotals(window, 100, 100).failures).toBe(2);
    expect(windowTotals(window, 110, 100).failures).toBe(1);
    expect(windowTotals(window, 189, 100).failures).toBe(1);
    expect(windowTotals(window, 190, 100).failures).toBe(0);
  });

  it('empties every bucket that has become stale before it uses it again', () => {
    const window = windowOf(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    expect(windowTotals(addToWindow(window, FAILURE, 150, 100), 150, 100).failures).toBe(5);
  });

  it('leaves out what was as old as it when it was reported', () => {
    const window = addToWindow(windowOf(500), { ...FAILURE, ageMs: 100 }, 500, 100);
    expect(windowTotals(window, 500, 100).failures).toBe(1);
  });

  it('counts outcomes that are some time old by their age, though the clock went back', () => {
    const window = addToWindow(windowOf(5_000), { ...FAILURE, ageMs: 20 }, 1_000, 100);
    expect(windowTotals(window, 1_000, 100).failures).toBe(2);
  });

  it('is not changed by a reading', () => {
    const window = deepFreeze(windowOf(5, 40, 95));
    for (const now of [0, 50, 95, 150, 5_000]) windowTotals(window, now, 100);
    expect(window).toEqual(windowOf(5, 40, 95));
  });

  it('shares no memory with another one', () => {
    const one = addToWindow(emptyWindow(), FAILURE, 0, 100);
    const other = emptyWindow();
    addToWindow(other, SUCCESS, 0, 100);
    expect(windowTotals(one, 0, 100)).toEqual({ ...NONE, failures: 1 });
    expect(windowTotals(other, 0, 100)).toEqual({ ...NONE, successes: 1 });
    expect(emptyWindow().counts).toEqual([]);
  });
});
