import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkClock, systemClock } from './clock.js';

describe('the system clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('says what time it is, counted from the epoch of Unix', () => {
    const before = systemClock.now();
    vi.advanceTimersByTime(250);
    expect(systemClock.now() - before).toBe(250);
    expect(before).toBeGreaterThan(Date.UTC(2020));
  });

  it('runs what is set once, when its time has come', () => {
    const run = vi.fn();
    systemClock.setTimeout(run, 50);
    vi.advanceTimersByTime(49);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(run).toHaveBeenCalledOnce();
  });

  it('runs nothing that is called off', () => {
    const run = vi.fn();
    systemClock.clearTimeout(systemClock.setTimeout(run, 50));
    vi.advanceTimersByTime(50);
    expect(run).not.toHaveBeenCalled();
  });
});

it('refuses a clock that is no object, and says what it should be', () => {
  const expected = 'clock must be a clock: an object with now, setTimeout and clearTimeout, but is 5';
  expect(() => checkClock('clock', 5)).toThrow(expected);
});
