import { describe, expect, it } from 'vitest';
import { closedRecord, halfOpenRecord, NOW, openRecord } from '../../test/fleet-records.js';
import { View } from './view.js';

function setUp(chance = 0) {
  const time = { now: NOW };
  const view = new View(
    () => time.now,
    () => chance,
  );
  return { view, time };
}

describe('before the first answer', () => {
  it('the circuit counts as closed, in the first epoch', () => {
    const { view } = setUp();
    expect(view).toMatchObject({ isKnown: false, circuit: undefined, epoch: { epoch: 0 }, generation: 0 });
  });
});

describe('adopting', () => {
  it('makes the record and its circuit known', () => {
    const { view } = setUp();
    view.adopt(openRecord());
    expect(view).toMatchObject({
      isKnown: true,
      record: openRecord(),
      circuit: { state: 'open', epoch: 4 },
    });
    expect(view.epoch).toMatchObject({ epoch: 4, era: 'era-4' });
  });

  it('begins a generation with every new epoch or era, and with none else', () => {
    const { view } = setUp();
    const generations = [
      closedRecord(),
      closedRecord({ revision: 8, memory: 2 }),
      closedRecord({ era: 'other' }),
      openRecord({ epoch: 5 }),
      openRecord({ epoch: 5, revision: 9 }),
    ].map((record) => {
      view.adopt(record);
      return view.generation;
    });
    expect(generations).toEqual([1, 1, 2, 3, 3]);
  });

  it('of the first epoch again, where the storage had forgotten, begins none', () => {
    const { view } = setUp();
    const { era: _, ...beginning } = closedRecord({ epoch: 0 });
    view.adopt(closedRecord());
    view.adopt(beginning);
    expect(view.generation).toBe(1);
  });

  it('of the first epoch, or that there is no record, begins none', () => {
    const { view } = setUp();
    const { era: _, ...beginning } = closedRecord({ epoch: 0 });
    view.adopt(beginning);
    view.adopt(undefined);
    expect(view).toMatchObject({ generation: 0, record: undefined, circuit: undefined, isKnown: true });
  });

  it('remembers the highest epoch, also where the storage forgets it', () => {
    const { view } = setUp();
    for (const record of [openRecord({ epoch: 9 }), openRecord({ epoch: 3 }), undefined]) view.adopt(record);
    expect(view.highestEpoch).toBe(9);
  });
});

describe('the clock of the storage', () => {
  it('is taken to run on from what it said last', () => {
    const { view, time } = setUp();
    view.setStorageTime(NOW + 70);
    time.now += 5;
    expect(view.storageTime()).toBe(NOW + 75);
  });

  it('is what instants of records are translated by', () => {
    const { view } = setUp();
    view.setStorageTime(NOW + 70);
    view.adopt(openRecord({ openUntilAt: NOW + 100 }));
    expect(view.circuit).toMatchObject({ openUntilAt: NOW + 30 });
  });
});

describe('the delay of this process', () => {
  const open = openRecord({ changedAt: NOW, openUntilAt: NOW + 1_000 });

  it('is drawn once in an epoch', () => {
    const draws = [0.5, 0.9];
    const view = new View(
      () => NOW,
      () => draws.shift() as number,
    );
    view.adopt(open);
    view.adopt({ ...open, revision: 8 });
    expect(view.circuit).toMatchObject({ openUntilAt: NOW + 1_050 });
    view.adopt({ ...open, epoch: 5 });
    expect(view.circuit).toMatchObject({ openUntilAt: NOW + 1_090 });
  });
});

it('holds a lease as long as the record has it', () => {
  const { view } = setUp();
  expect(view.holds('mine')).toBe(false);
  view.adopt(halfOpenRecord());
  expect([view.holds('mine'), view.holds('theirs')]).toEqual([true, false]);
  view.adopt(openRecord());
  expect(view.holds('mine')).toBe(false);
});

it('a clock that once gives no time takes none away', () => {
  const { view, time } = setUp();
  view.setStorageTime(NOW + 50);
  time.now = Number.NaN;
  view.setStorageTime(NOW + 60);
  time.now = NOW + 10;
  expect(view.storageTime()).toBe(NOW + 60);
});
