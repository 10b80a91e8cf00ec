import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, ruledRecord, TERMS } from '../../../test/fleet-records.js';
import type { FleetRecord } from '../record.js';
import { acquire } from './acquire.js';

const ask = (record: FleetRecord, now = NOW) => acquire('new', 1_000, 'era-new')(record, now, TERMS);
const granted = { id: 'new', expiresAt: NOW + 1_000 };

describe('asking for a lease', () => {
  it('of an open circuit that is due begins a round, as the asker has it set', () => {
    expect(ask(openRecord({ trips: 3, openUntilAt: NOW }))).toEqual(
      halfOpenRecord({
        epoch: 5,
        era: 'era-new',
        trips: 3,
        limit: 2,
        need: 2,
        successes: 0,
        leases: [granted],
        changedAt: NOW,
      }),
    );
  });

  it('of a half-open circuit takes a place that is free, in the same epoch', () => {
    const record = halfOpenRecord({ successes: 1 });
    expect(ask(record)).toEqual({ ...record, leases: [...record.leases, granted], changedAt: NOW });
  });

  it('drops leases that are past their deadline, and takes their place', () => {
    const lapsed = { id: 'lapsed', expiresAt: NOW };
    const live = { id: 'live', expiresAt: NOW + 1 };
    expect(ask(halfOpenRecord({ leases: [lapsed, live] }))).toMatchObject({ leases: [live, granted] });
  });

  it.each([
    ['is open and not due', openRecord({ openUntilAt: NOW + 1 })],
    ['has no place free', halfOpenRecord({ limit: 1 })],
    ['is closed', closedRecord()],
    ['is isolated', ruledRecord('isolated')],
    ['is disabled', ruledRecord('disabled')],
  ])('of a circuit that %s changes nothing', (_, record) => {
    expect(ask(record)).toBe(record);
  });

  it('does not wait until a clock that stepped back has caught up', () => {
    const changedAt = NOW + 1_001;
    expect(ask(openRecord({ changedAt, openUntilAt: NOW + 9_999 }))).toMatchObject({ state: 'half-open', epoch: 5 });
    const lease = { id: 'theirs', expiresAt: NOW + 9_999 };
    expect(ask(halfOpenRecord({ changedAt, limit: 1, leases: [lease] }))).toMatchObject({ leases: [granted] });
  });

  it('waits where the clock stepped back by no more than a second', () => {
    const record = openRecord({ changedAt: NOW + 1_000, openUntilAt: NOW + 1 });
    expect(ask(record)).toBe(record);
  });
});
