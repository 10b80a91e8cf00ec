import { describe, expect, it } from 'vitest';
import { FakeClock } from '../test/fake-clock.js';
import { Timer } from './timer.js';

/** What a runtime's timers can count. */
const LONGEST_MS = 2 ** 31 - 1;

class WatchedClock extends FakeClock {
  readonly delays: number[] = [];

  override setTimeout(run: () => void, ms: number) {
    this.delays.push(ms);
    return super.setTimeout(run, ms);
  }
}

function start(ms: number) {
  const clock = new WatchedClock();
  const runs: number[] = [];
  const timer = new Timer(clock, () => runs.push(clock.time), ms);
  return { clock, runs, timer };
}

describe('Timer', () => {
  it('runs once, when its time has come', () => {
    const { clock, runs } = start(100);
    clock.advance(99);
    expect(runs).toEqual([]);
    clock.advance(1_000);
    expect(runs).toEqual([100]);
    expect(clock.pending).toBe(0);
  });

  it('runs at once, but not before it is asked, after no time', () => {
    const { clock, runs } = start(0);
    expect(runs).toEqual([]);
    clock.advance(0);
    expect(runs).toEqual([0]);
  });

  it.each([
    ['the longest time of a runtime', LONGEST_MS, 1],
    ['a millisecond more', LONGEST_MS + 1, 2],
    ['twice that', 2 * LONGEST_MS, 2],
    ['100 days', 100 * 24 * 3_600_000, 5],
  ])('runs after %s, setting no timer for longer than a runtime can count', (_, ms, parts) => {
    const { clock, runs } = start(ms);
    clock.advance(ms - 1);
    expect(runs).toEqual([]);
    clock.advance(1);
    expect(runs).toEqual([ms]);
    expect(clock.delays).toHaveLength(parts);
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(LONGEST_MS);
    expect(clock.delays.reduce((sum, delay) => sum + delay)).toBe(ms);
  });

  it('does not run once it is cancelled, and leaves no timer', () => {
    const { clock, runs, timer } = start(100);
    timer.cancel();
    clock.advance(1_000);
    expect(runs).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('can be cancelled in any part of a long time', () => {
    const { clock, runs, timer } = start(3 * LONGEST_MS);
    clock.advance(LONGEST_MS + 5);
    expect(clock.pending).toBe(1);
    timer.cancel();
    expect(clock.pending).toBe(0);
    clock.advance(3 * LONGEST_MS);
    expect(runs).toEqual([]);
  });

  it('can be cancelled after it has run', () => {
    const { clock, runs, timer } = start(1);
    clock.advance(1);
    timer.cancel();
    expect(runs).toEqual([1]);
  });

  it('keeps no process alive, in any part of a long time', () => {
    const { clock } = start(2 * LONGEST_MS);
    expect(clock.referenced).toBe(0);
    clock.advance(LONGEST_MS);
    expect([clock.pending, clock.referenced]).toEqual([1, 0]);
  });

  it.each([
    ['a number', 7],
    ['nothing', undefined],
    ['an object without unref', {}],
  ])('takes a clock whose handle is %s', (_, handle) => {
    const cleared: unknown[] = [];
    const clock = { now: () => 0, setTimeout: () => handle, clearTimeout: (given: unknown) => cleared.push(given) };
    new Timer(clock, () => undefined, 5).cancel();
    expect(cleared).toEqual([handle]);
  });
});
