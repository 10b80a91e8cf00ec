import { beforeEach, expect, it } from 'vitest';
import { NOW, openRecord, TERMS } from '../../test/fleet-records.js';
import { CircuitStorageError } from '../index.js';
import type { FleetRecord } from './record.js';
import { Rulings } from './rulings.js';

const ERROR = new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true, cause: 'late' });

let rulings: Rulings;
let failed: unknown[];

beforeEach(() => {
  rulings = new Rulings();
  failed = [];
});

const take = () => rulings.take((reason) => `era ${reason}`);
const add = (type: 'isolate' | 'close') => rulings.add({ ruling: { type }, failed: (error) => failed.push(error) });

it('are made in their order, once', () => {
  add('isolate');
  add('close');
  const proposals = take();
  const written = proposals.reduce<FleetRecord>((record, { change }) => change(record, NOW, TERMS), openRecord());
  expect(written).toMatchObject({ state: 'closed', epoch: 6, era: 'era manual' });
  expect(proposals.map(({ ruling }) => ruling?.type)).toEqual(['isolate', 'close']);
  expect(take()).toEqual([]);
});

it('that wait when the storage is lost were surely not made', () => {
  add('isolate');
  rulings.add({ ruling: { type: 'close' } });
  rulings.storageChanged(ERROR);
  expect(failed).toEqual([
    new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: false, cause: 'late' }),
  ]);
  expect(failed).toMatchObject([{ circuit: 'orders', reason: 'timeout', mayHaveBeenApplied: false, cause: 'late' }]);
  expect(take()).toEqual([]);
});

it('that wait when the storage is back are made there', () => {
  add('isolate');
  rulings.storageChanged(undefined);
  expect([take().length, failed]).toEqual([1, []]);
});
