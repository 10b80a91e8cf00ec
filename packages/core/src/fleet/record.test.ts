import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, RECORDS, TERMS } from '../../test/fleet-records.js';
import { isKept, isNewer, isSameEpoch, missingRecord, withoutClockStep } from './record.js';

it('a missing record is a closed circuit with nothing remembered, that nobody has changed yet', () => {
  const missing = missingRecord(TERMS.rules.policy);
  expect(missing).toMatchObject({ state: 'closed', epoch: 0, revision: 0, trips: 0, memory: 0 });
  expect(missing.era).toBeUndefined();
  expect(withoutClockStep(missing, NOW)).toBe(missing);
});

it('an epoch is the same where number and era are', () => {
  expect(isSameEpoch({ epoch: 4, era: 'a' }, openRecord({ era: 'a' }))).toBe(true);
  expect(isSameEpoch({ epoch: 4, era: 'a' }, { epoch: 4, era: 'b' })).toBe(false);
  expect(isSameEpoch({ epoch: 4, era: 'a' }, { epoch: 5, era: 'a' })).toBe(false);
  expect(isSameEpoch({ epoch: 0 }, { epoch: 0, era: undefined })).toBe(true);
});

it.each([
  ['a higher epoch', { epoch: 5, revision: 1 }, true],
  ['a higher revision', { revision: 8 }, true],
  ['the same numbers', { era: 'other' }, false],
  ['a lower revision', { revision: 6 }, false],
  ['a lower epoch', { epoch: 3, revision: 99 }, false],
])('%s makes a record newer, or not', (_, fields, newer) => {
  expect(isNewer(openRecord(fields), openRecord())).toBe(newer);
});

it('a record is kept up to its instant, and for ever where it names none', () => {
  expect(isKept(openRecord({ keepUntilAt: NOW }), NOW)).toBe(true);
  expect(isKept(openRecord({ keepUntilAt: NOW }), NOW + 1)).toBe(false);
  expect(isKept(openRecord(), Number.MAX_SAFE_INTEGER)).toBe(true);
});

describe('where the clock of the storage went back by more than a second', () => {
  const changedAt = NOW + 1_001;

  it('an open circuit is due', () => {
    expect(withoutClockStep(openRecord({ changedAt }), NOW)).toEqual(openRecord({ changedAt, openUntilAt: NOW }));
  });

  it('leases are over', () => {
    expect(withoutClockStep(halfOpenRecord({ changedAt }), NOW)).toEqual(halfOpenRecord({ changedAt, leases: [] }));
  });

  it('a hearing is over', () => {
    const record = closedRecord({ changedAt, hearingEndsAt: NOW + 1_100 });
    expect(withoutClockStep(record, NOW)).toEqual({ ...record, hearingEndsAt: NOW });
  });

  it('nothing else changes', () => {
    for (const record of RECORDS.filter(({ state }) => state !== 'open' && state !== 'half-open')) {
      const stepped = { ...record, changedAt };
      expect(withoutClockStep(stepped, NOW)).toBe(stepped);
    }
  });
});

it('a step of a second or less is none', () => {
  for (const record of RECORDS) {
    const stepped = { ...record, changedAt: NOW + 1_000 };
    expect(withoutClockStep(stepped, NOW)).toBe(stepped);
  }
});
