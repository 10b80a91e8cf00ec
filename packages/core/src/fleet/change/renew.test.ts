import { describe, expect, it } from 'vitest';
import { halfOpenRecord, NOW, RECORDS, TERMS } from '../../../test/fleet-records.js';
import { renew } from './renew.js';

const mine = renew('mine', 500);
const theirs = { id: 'theirs', expiresAt: NOW + 50 };

describe('a trial that goes on', () => {
  it('has its place for so long from now on, and nothing else changes', () => {
    const record = halfOpenRecord({ leases: [theirs, { id: 'mine', expiresAt: NOW + 100 }] });
    const leases = [theirs, { id: 'mine', expiresAt: NOW + 500 }];
    expect(mine(record, NOW, TERMS)).toEqual({ ...record, leases, changedAt: NOW });
  });

  it('has its place also where it had lapsed, as long as nobody has taken it', () => {
    const record = halfOpenRecord({ leases: [{ id: 'mine', expiresAt: NOW - 1 }] });
    expect(mine(record, NOW, TERMS)).toMatchObject({ leases: [{ id: 'mine', expiresAt: NOW + 500 }] });
  });

  it.each(Object.entries(RECORDS))('changes nothing where its lease is gone: %s', (_, record) => {
    expect(renew('gone', 500)(record, NOW, TERMS)).toBe(record);
  });
});
