import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, openRecord, TERMS } from '../../test/fleet-records.js';
import { CircuitStorageError } from '../index.js';
import type { FleetRecord } from './record.js';
import { Rulings } from './rulings.js';
import { View } from './view.js';

const ERROR = new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true, cause: 'late' });

let view: View;
let rulings: Rulings;
let failed: unknown[];

beforeEach(() => {
  view = new View(() => NOW, Math.random);
  rulings = new Rulings(view);
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

describe('one that was made while the storage was out of reach', () => {
  /** It is made alone, and leads to that epoch. */
  function makeAlone(type: 'isolate' | 'close', epoch = 5): void {
    add(type);
    const proposals = take();
    view.adopt(openRecord({ epoch }));
    for (const { committed } of proposals) committed?.();
  }

  /** What is to be made again, as it would be of an open circuit. */
  const again = (proposals = rulings.takeMadeAlone((reason) => `era ${reason}`)) =>
    proposals.map(({ change }) => change(openRecord(), NOW, TERMS).state);

  beforeEach(() => rulings.storageChanged(ERROR));

  it('is told to the storage that is asked again, until that has heard of it', () => {
    expect(again()).toEqual([]);
    makeAlone('isolate');
    expect(again()).toEqual(['isolated']);
    for (const { committed } of rulings.takeMadeAlone(String)) committed?.();
    expect(again()).toEqual([]);
    rulings.storageChanged(undefined);
    expect(take()).toEqual([]);
  });

  it('is told as long as its epoch lasts', () => {
    makeAlone('isolate');
    view.adopt(openRecord({ epoch: 5, era: 'other' }));
    expect(again()).toEqual([]);
    rulings.storageChanged(undefined);
    expect(take()).toEqual([]);
  });

  it('gives way to a later one, though the storage has heard of the first in between', () => {
    makeAlone('isolate');
    const first = rulings.takeMadeAlone(String);
    makeAlone('close', 6);
    for (const { committed } of first) committed?.();
    expect(again()).toEqual(['closed']);
  });

  it('is made again when the storage is back, where that has not heard of it', () => {
    makeAlone('isolate');
    rulings.storageChanged(undefined);
    expect(again(take())).toEqual(['isolated']);
    rulings.storageChanged(ERROR);
    expect(again()).toEqual([]);
  });

  it('is none where the storage is there', () => {
    rulings.storageChanged(undefined);
    makeAlone('isolate');
    expect(again()).toEqual([]);
  });
});
