import { describe, expect, it } from 'vitest';
import { NOW } from '../../test/transition-table/case.js';
import { closed, halfOpen, LAPSED, LIVE, MINE, open } from '../../test/transition-table/circuits.js';
import { hasSay } from './fence.js';

describe('hasSay', () => {
  it('lets a call of this epoch speak', () => {
    expect(hasSay(closed(7, 0), { epoch: 7, leaseId: undefined })).toBe(true);
    expect(hasSay({ state: 'disabled', epoch: 7, trips: 0 }, { epoch: 7, leaseId: undefined })).toBe(true);
  });

  it('lets no call of another epoch speak, whatever the state', () => {
    for (const epoch of [6, 8]) {
      expect(hasSay(closed(7, 0), { epoch, leaseId: undefined })).toBe(false);
      expect(hasSay(open(7, 1, NOW), { epoch, leaseId: undefined })).toBe(false);
      expect(hasSay(halfOpen(7, []), { epoch, leaseId: undefined })).toBe(false);
    }
  });

  it('lets a trial speak that has its place', () => {
    expect(hasSay(halfOpen(7, [LIVE, MINE]), { epoch: 7, leaseId: 'mine' })).toBe(true);
  });

  it('lets a trial speak whose lease has lapsed, as long as nobody else has its place', () => {
    expect(hasSay(halfOpen(7, [LAPSED]), { epoch: 7, leaseId: 'lapsed' })).toBe(true);
  });

  it('lets no trial speak that has lost its place', () => {
    expect(hasSay(halfOpen(7, [LIVE]), { epoch: 7, leaseId: 'mine' })).toBe(false);
    expect(hasSay(halfOpen(7, []), { epoch: 7, leaseId: 'mine' })).toBe(false);
  });

  it('lets no trial of an older round speak, even where a lease of this one has the same id', () => {
    expect(hasSay(halfOpen(7, [MINE]), { epoch: 5, leaseId: 'mine' })).toBe(false);
  });

  it('lets no trial speak to a circuit that is not half-open', () => {
    expect(hasSay(closed(7, 0), { epoch: 7, leaseId: 'mine' })).toBe(false);
    expect(hasSay(open(7, 1, NOW), { epoch: 7, leaseId: 'mine' })).toBe(false);
  });
});
