import { expect, it } from 'vitest';
import { closedRecord, NOW, openRecord, TERMS } from '../../../test/fleet-records.js';
import { type FleetRecord, missingRecord } from '../record.js';
import { teach } from './teach.js';

const lesson = openRecord({ keepUntilAt: NOW });
const learn = (record: FleetRecord, now = NOW) => teach(lesson)(record, now, TERMS);

it('gives a storage that has forgotten, or knows less, what this process knows, its instants as they are', () => {
  for (const record of [missingRecord(TERMS.rules.policy), openRecord({ revision: 6 }), closedRecord({ epoch: 3 })])
    expect(learn(record)).toBe(lesson);
});

it('changes nothing where the storage knows as much, or more', () => {
  for (const record of [
    openRecord(),
    closedRecord(),
    openRecord({ revision: 8 }),
    closedRecord({ epoch: 5, revision: 0 }),
  ])
    expect(learn(record)).toBe(record);
});

it('teaches nothing that need not be kept any more', () => {
  const record = missingRecord(TERMS.rules.policy);
  expect(learn(record, NOW + 1)).toBe(record);
});

it('teaches for ever what must be kept for ever', () => {
  const forever = openRecord();
  expect(teach(forever)(missingRecord(TERMS.rules.policy), NOW * 1_000, TERMS)).toBe(forever);
});
