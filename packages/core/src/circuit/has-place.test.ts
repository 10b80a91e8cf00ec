import { describe, expect, it } from 'vitest';
import { NOW } from '../../test/transition-table/case.js';
import { closed, halfOpen, LAPSED, LIVE, MINE, open } from '../../test/transition-table/circuits.js';
import { hasPlace } from './has-place.js';

describe('hasPlace', () => {
  it('is true of an open circuit that is due, and of no other', () => {
    expect(hasPlace(open(1, 1, NOW + 1), NOW)).toBe(false);
    expect(hasPlace(open(1, 1, NOW), NOW)).toBe(true);
    expect(hasPlace(open(1, 1, NOW - 1), NOW)).toBe(true);
  });

  it('is true of a half-open circuit with fewer live leases than places', () => {
    expect(hasPlace(halfOpen(1, []), NOW)).toBe(true);
    expect(hasPlace(halfOpen(1, [MINE, LAPSED]), NOW)).toBe(true);
    expect(hasPlace(halfOpen(1, [MINE, LIVE]), NOW)).toBe(false);
  });

  it('is false where no call is a trial', () => {
    expect(hasPlace(closed(1, 0), NOW)).toBe(false);
    expect(hasPlace({ state: 'isolated', epoch: 1, trips: 0 }, NOW)).toBe(false);
    expect(hasPlace({ state: 'disabled', epoch: 1, trips: 0 }, NOW)).toBe(false);
  });
});
