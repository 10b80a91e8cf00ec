import { expect, it } from 'vitest';
import {
  closedRecord,
  halfOpenRecord,
  NOW,
  openRecord,
  RECORDS,
  ruledRecord,
  TERMS,
} from '../../../test/fleet-records.js';
import { force } from './force.js';

const RULED = { open: 'open', 'half-open': 'half-open', isolate: 'isolated', disable: 'disabled' } as const;
const TYPES = ['open', 'half-open', 'isolate', 'disable'] as const;

it.each(TYPES)('%s makes it so from every other state in a new epoch, and changes nothing where it is so', (type) => {
  const rule = force({ type }, 'era-new');
  for (const record of RECORDS) {
    const after = rule(record, NOW, TERMS);
    if (record.state === RULED[type]) expect(after).toBe(record);
    else expect(after).toMatchObject({ state: RULED[type], epoch: 5, era: 'era-new', revision: 7, changedAt: NOW });
  }
});

it('close begins anew from every state, closed too, with nothing remembered', () => {
  for (const record of [...RECORDS, closedRecord({ memory: 2, hearingEndsAt: NOW + 50 })]) {
    expect(force({ type: 'close' }, 'era-new')({ ...record, ruledUntilAt: 5 }, NOW, TERMS)).toEqual(
      closedRecord({ epoch: 5, era: 'era-new', memory: 0, changedAt: NOW, ruledUntilAt: expect.any(Number) }),
    );
  }
});

it('what follows a ruling that lasts is known for a week, through every epoch; what follows another is not', () => {
  const close = force({ type: 'close' }, 'era-new');
  const week = NOW + 7 * 24 * 3_600_000;
  for (const state of ['isolated', 'disabled'] as const)
    expect(close(ruledRecord(state), NOW, TERMS)).toMatchObject({ ruledUntilAt: week });
  expect(close(openRecord({ ruledUntilAt: week }), NOW + 5, TERMS)).toMatchObject({ ruledUntilAt: week });
  expect(close(openRecord(), NOW, TERMS)).not.toHaveProperty('ruledUntilAt');
});

it('opens by hand for as long as a first trip would, or one like the last', () => {
  const open = force({ type: 'open' }, 'era-new');
  expect(open(closedRecord(), NOW, TERMS)).toMatchObject({ trips: 1, openUntilAt: NOW + 10_000 });
  expect(open(halfOpenRecord({ trips: 3 }), NOW, TERMS)).toMatchObject({ trips: 3, openUntilAt: NOW + 30_000 });
});

it('takes an epoch above all that its process has seen, also where the storage has forgotten them', () => {
  const rule = force({ type: 'isolate' }, 'era-new');
  expect(rule(openRecord({ epoch: 2 }), NOW, { ...TERMS, highestEpoch: 9 }).epoch).toBe(10);
  expect(rule(openRecord({ epoch: 12 }), NOW, { ...TERMS, highestEpoch: 9 }).epoch).toBe(13);
});
