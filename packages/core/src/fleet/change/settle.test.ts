import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, RECORDS, TERMS } from '../../../test/fleet-records.js';
import type { FleetRecord } from '../record.js';
import { settle } from './settle.js';

const succeed = (record: FleetRecord) => settle('mine', 'success', 'era-new')(record, NOW, TERMS);
const fail = (record: FleetRecord) => settle('mine', 'failure', 'era-new')(record, NOW, TERMS);
const giveBack = (record: FleetRecord) => settle('mine', 'ignore')(record, NOW, TERMS);

const theirs = { id: 'theirs', expiresAt: NOW + 50 };
const mine = { id: 'mine', expiresAt: NOW + 100 };

describe('a trial that succeeded', () => {
  it('uses its lease up, and counts', () => {
    const record = halfOpenRecord({ leases: [theirs, mine], successes: 0 });
    expect(succeed(record)).toEqual({ ...record, leases: [theirs], successes: 1, changedAt: NOW });
  });

  it('closes the circuit where it was the last one needed, with nothing remembered', () => {
    expect(succeed(halfOpenRecord({ leases: [theirs, mine], successes: 1 }))).toEqual(
      closedRecord({ epoch: 5, era: 'era-new', memory: 0, changedAt: NOW }),
    );
  });

  it('goes by what the round began with, not by the terms of whoever settles', () => {
    expect(succeed(halfOpenRecord({ need: 3, successes: 1 }))).toMatchObject({ state: 'half-open', successes: 2 });
  });
});

describe('a trial that failed', () => {
  it('opens the circuit again at once, for longer', () => {
    expect(fail(halfOpenRecord({ trips: 1 }))).toEqual(
      openRecord({ epoch: 5, era: 'era-new', trips: 2, openUntilAt: NOW + 20_000, changedAt: NOW }),
    );
  });

  it('counts after its deadline too, as long as its place is not taken', () => {
    expect(fail(halfOpenRecord({ leases: [{ id: 'mine', expiresAt: NOW - 1 }] }))).toMatchObject({ state: 'open' });
  });
});

describe('a trial that was ignored', () => {
  it('frees its place, and does nothing else', () => {
    const record = halfOpenRecord({ leases: [theirs, mine], successes: 1 });
    expect(giveBack(record)).toEqual({ ...record, leases: [theirs], changedAt: NOW });
  });
});

it.each([
  ['succeeded', succeed],
  ['failed', fail],
  ['was ignored', giveBack],
])('a trial that %s changes nothing where its lease is gone', (_, end) => {
  for (const record of [...RECORDS.filter(({ state }) => state !== 'half-open'), halfOpenRecord({ leases: [theirs] })])
    expect(end(record)).toBe(record);
});
