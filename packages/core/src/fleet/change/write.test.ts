import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord, ruledRecord, TERMS } from '../../../test/fleet-records.js';
import { FAILURE } from '../../../test/tallies.js';
import { failureRate } from '../../policy/failure-rate.js';
import type { TripPolicy } from '../../policy/trip-policy.js';
import type { FleetRecord } from '../record.js';
import type { Change, Terms } from './change.js';
import { force } from './force.js';
import { report } from './report.js';
import { teach } from './teach.js';
import { inOneWrite } from './write.js';

function write(stored: unknown, changes: readonly Change[], terms: Terms = TERMS, now = NOW) {
  return inOneWrite(changes, (apply) => apply(terms))(stored, now);
}

const becomes =
  (record: FleetRecord): Change =>
  () =>
    record;

describe('several changes in one write', () => {
  it('see each the record as the one before left it, and grow the revision by one', () => {
    const changes = [force({ type: 'isolate' }, 'first'), force({ type: 'close' }, 'second')];
    expect(write(openRecord(), changes)).toMatchObject({
      state: 'closed',
      epoch: 6,
      era: 'second',
      revision: 8,
    });
  });

  it('that all decline write nothing', () => {
    expect(write(openRecord(), [force({ type: 'open' }, 'era-new')])).toBeUndefined();
    expect(write(undefined, [])).toBeUndefined();
  });

  it('begin with a closed circuit where the record is missing', () => {
    const failure = report({ tallies: [FAILURE] }, { epoch: 0 }, 'era-new');
    expect(write(undefined, [failure])).toMatchObject({
      state: 'closed',
      epoch: 0,
      memory: 1,
      revision: 1,
      changedAt: NOW,
    });
  });

  it('number what is taught above both sides', () => {
    expect(write(openRecord({ revision: 7 }), [teach(openRecord({ revision: 20 }))])).toMatchObject({
      revision: 21,
    });
    expect(write(openRecord({ epoch: 3, revision: 30 }), [teach(openRecord({ revision: 20 }))])).toMatchObject({
      epoch: 4,
      revision: 31,
    });
  });

  it('are made to no record that cannot be read, and at no time that is none', () => {
    expect(() => write('garbage', [becomes(openRecord())])).toThrow('The record is no object');
    expect(() => write(undefined, [becomes(openRecord())], TERMS, Number.NaN)).toThrow('The storage tells no time');
  });
});

describe('a record is kept', () => {
  const minute = NOW + 60_000 + 10_000;
  const windowed = (windowMs: number): Terms => {
    const policy = failureRate({ threshold: 0.5, windowMs }) as TripPolicy;
    return { ...TERMS, rules: { ...TERMS.rules, policy } };
  };

  it.each([
    ['a minute and more', closedRecord(), TERMS, minute],
    ['as long as the window of its policy', closedRecord(), windowed(90_000), NOW + 100_000],
    ['no shorter for a short window', closedRecord(), windowed(1_000), minute],
    ['until it is due', openRecord({ openUntilAt: NOW + 70_000 }), TERMS, NOW + 80_000],
    ['a minute where it is due before', openRecord({ openUntilAt: NOW + 5 }), TERMS, minute],
    [
      'as long as its last lease',
      halfOpenRecord({
        leases: [
          { id: 'long', expiresAt: NOW + 80_000 },
          { id: 'short', expiresAt: NOW + 1 },
        ],
      }),
      TERMS,
      NOW + 90_000,
    ],
    ['as long as a ruling before it must be known', closedRecord({ ruledUntilAt: NOW + 80_000 }), TERMS, NOW + 90_000],
    ['a minute where nobody holds a lease', halfOpenRecord({ leases: [] }), TERMS, minute],
  ])('%s', (_, record, terms, keepUntilAt) => {
    expect(write(undefined, [becomes(record)], terms)).toMatchObject({ keepUntilAt });
  });

  it('for ever where somebody must rule otherwise', () => {
    for (const state of ['isolated', 'disabled'] as const) {
      const record = { ...ruledRecord(state), keepUntilAt: NOW + 5 };
      expect(write(undefined, [becomes(record)])).not.toHaveProperty('keepUntilAt');
    }
  });
});
