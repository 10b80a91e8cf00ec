import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { closedRecord, halfOpenRecord, NOW, openRecord, RECORDS } from '../../test/fleet-records.js';
import { checkStorageTime, readRecord } from './read-record.js';

const lease = { id: 'mine', expiresAt: NOW };

const unreadable = (message: string) => ({ message, reason: 'unreadable', mayHaveBeenApplied: false });

describe('reading a record', () => {
  it('takes every record that a process writes', () => {
    for (const record of [
      ...RECORDS,
      closedRecord({ hearingEndsAt: NOW }),
      openRecord({ keepUntilAt: NOW, ruledUntilAt: NOW }),
    ])
      expect(readRecord(record)).toEqual(record);
  });

  it('takes the beginning, which has no era, and that there is none', () => {
    const { era: _, ...beginning } = closedRecord({ epoch: 0 });
    expect(readRecord(beginning)).toEqual(beginning);
    expect(readRecord(undefined)).toBeUndefined();
  });

  it('takes fields that a newer version has added', () => {
    const record = { ...openRecord(), more: { of: 'this' } };
    expect(readRecord(record)).toEqual(record);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 'later', null])('takes %s for no time to be kept until', (time) => {
    expect(readRecord({ ...openRecord(), keepUntilAt: time, ruledUntilAt: time })).toEqual(openRecord());
  });

  it.each([
    ['null', null],
    ['a string', '{}'],
    ['a number', 5],
    ['a function', () => openRecord()],
  ])('refuses %s', (_, value) => {
    expect(thrownBy(() => readRecord(value))).toMatchObject(unreadable('The record is no object'));
  });

  it('refuses a schema that it does not know', () => {
    const message = "The record's schema (2) is newer than 1, the one known here";
    expect(thrownBy(() => readRecord({ ...openRecord(), schema: 2, epoch: 'new ways' }))).toMatchObject(
      unreadable(message),
    );
  });

  it.each([
    ['schema', openRecord(), [undefined, '1', -1, 0.5]],
    ['epoch', openRecord(), [undefined, -1, 1.5, Number.NaN, 2 ** 53]],
    ['revision', openRecord(), [undefined, -1, '7']],
    ['trips', openRecord(), [undefined, -1]],
    ['changedAt', openRecord(), [undefined, null, Number.NEGATIVE_INFINITY]],
    ['era', openRecord(), [undefined, 5]],
    ['state', openRecord(), [undefined, 'ajar', 5]],
    ['policyKey', closedRecord(), [undefined, 5]],
    ['hearingEndsAt', closedRecord(), [null, 'soon', Number.NaN]],
    ['openUntilAt', openRecord(), [undefined, null, Number.POSITIVE_INFINITY]],
    ['limit', halfOpenRecord(), [undefined, 0, -1]],
    ['need', halfOpenRecord(), [undefined, 0, -1]],
    ['successes', halfOpenRecord(), [undefined, -1]],
    [
      'leases',
      halfOpenRecord(),
      [undefined, {}, [null], [lease, { id: 5, expiresAt: NOW }], [{ ...lease, expiresAt: null }]],
    ],
  ])('refuses a wrong %s, and names it', (field, record, values) => {
    for (const value of values) {
      expect(thrownBy(() => readRecord({ ...record, [field]: value }))).toMatchObject(
        unreadable(`The record's ${field} is not what it should be`),
      );
    }
  });

  it('refuses a beginning that is not closed: nobody has opened it', () => {
    for (const record of RECORDS.filter(({ state }) => state !== 'closed')) {
      const { era: _, ...beginning } = { ...record, epoch: 0 };
      expect(thrownBy(() => readRecord(beginning))).toMatchObject(
        unreadable("The record's epoch is not what it should be"),
      );
    }
  });

  it('refuses, of whatever it is given, what it cannot read with an error that says it is unreadable', () => {
    const anything = fc.oneof(fc.anything(), fc.record({ schema: fc.constant(1), state: fc.anything() }));
    fc.assert(
      fc.property(anything, (value) => {
        if (value === undefined) return;
        const error = thrownBy(() => readRecord(value));
        expect(error).toBeInstanceOf(Error);
        expect(error).toMatchObject({ reason: 'unreadable', mayHaveBeenApplied: false });
      }),
    );
  });
});

it('the time of a storage is a finite number', () => {
  expect(() => checkStorageTime(-5)).not.toThrow();
  for (const now of [undefined, null, '5', Number.NaN, Number.POSITIVE_INFINITY])
    expect(thrownBy(() => checkStorageTime(now))).toMatchObject(unreadable('The storage tells no time'));
});
