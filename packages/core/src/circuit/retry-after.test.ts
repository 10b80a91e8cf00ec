import { describe, expect, it } from 'vitest';
import { NOW } from '../../test/transition-table/case.js';
import { closed, halfOpen, LAPSED, LIVE, MINE, open } from '../../test/transition-table/circuits.js';
import { retryAfterMs } from './retry-after.js';

describe('retryAfterMs', () => {
  it('is what is left of open', () => {
    expect(retryAfterMs(open(1, 1, NOW + 30), NOW)).toBe(30);
  });

  it('is rounded up to whole milliseconds, so that nobody comes too early', () => {
    expect(retryAfterMs(open(1, 1, NOW + 0.1), NOW)).toBe(1);
    expect(retryAfterMs(halfOpen(1, [{ ...MINE, expiresAt: NOW + 4.2 }], { limit: 1 }), NOW)).toBe(5);
  });

  it('is 0 once the circuit is due', () => {
    expect(retryAfterMs(open(1, 1, NOW), NOW)).toBe(0);
    expect(retryAfterMs(open(1, 1, NOW - 30), NOW)).toBe(0);
  });

  it('is the time to the earliest deadline where every place is taken', () => {
    expect(retryAfterMs(halfOpen(1, [MINE, LIVE]), NOW)).toBe(1);
    expect(retryAfterMs(halfOpen(1, [MINE], { limit: 1 }), NOW)).toBe(50);
  });

  it('is undefined where a place is free', () => {
    expect(retryAfterMs(halfOpen(1, []), NOW)).toBeUndefined();
    expect(retryAfterMs(halfOpen(1, [MINE]), NOW)).toBeUndefined();
    expect(retryAfterMs(halfOpen(1, [MINE, LAPSED]), NOW)).toBeUndefined();
  });

  it('is undefined where time alone changes nothing', () => {
    expect(retryAfterMs(closed(1, 0), NOW)).toBeUndefined();
    expect(retryAfterMs({ state: 'isolated', epoch: 1, trips: 0 }, NOW)).toBeUndefined();
    expect(retryAfterMs({ state: 'disabled', epoch: 1, trips: 0 }, NOW)).toBeUndefined();
  });
});
