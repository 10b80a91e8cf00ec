import { type CircuitRecord, type CircuitStorage, type Clock, MemoryStorage, type RecordChange } from '@breaker/core';
import { describe, it } from 'vitest';
import { failuresOf } from './run-contract.js';

export type Sound = Required<Omit<CircuitStorage, 'close'>>;

/** Breaks a sound storage in one way. */
export type Break = (sound: Sound) => Partial<{ [Method in keyof Sound]: Sound[Method] | undefined }>;

/** What the storages of these tests say the time is. */
export const now = () => performance.timeOrigin + performance.now();

/** The tests of the suite, by what they are about. */
export const TEST = {
  nothing: 'reads nothing where nothing was written, and writes nothing by reading',
  answer: 'answers an update with the new record, and reads it from then on',
  asked: 'asks change with what is stored',
  json: 'keeps whatever JSON can hold',
  declined: 'writes nothing where change declines',
  thrown: 'rejects with the very value that change throws, and writes nothing',
  race: 'loses no update when many are made at once',
  names: 'keeps names apart, and takes any',
  objectNames: 'finds nothing under names that every object knows',
  copiesIn: 'takes records in as copies',
  copiesOut: 'gives records out as copies',
  copiesAsked: 'asks change with a copy',
  time: 'tells what its clock says, in milliseconds',
  timeGoesOn: 'has a clock that goes on',
  kept: 'keeps a record until keepUntilAt, be it soon or late',
  keptForEver: 'keeps a record for ever that has no keepUntilAt, or has it no more',
  toldToRead: 'tells each subscription to read first, but not before subscribe has returned',
  pushes: 'pushes copies of what another one writes, to those who subscribe to that name',
  noPush: 'pushes nothing where change declines',
} as const;

/** Puts something in place of what `change` gives. */
export function changing(
  sound: Sound,
  alter: (changed: CircuitRecord | undefined, record: unknown, now: number) => unknown,
) {
  return (name: string, change: RecordChange) =>
    sound.update(name, (record, now) => alter(change(record, now), record, now) as CircuitRecord | undefined);
}

export function soundStorage(clock?: Clock): Sound {
  const memory = new MemoryStorage({ clock });
  return {
    read: (name) => memory.read(name),
    update: (name, change) => memory.update(name, change),
    subscribe: (name, onPush) => memory.subscribe(name, onPush),
  };
}

/** Tests that the suite finds the fault, and which of its tests do. */
export function finds(fault: string, breakIt: Break, failing: readonly (typeof TEST)[keyof typeof TEST][]): void {
  describe(`a storage that ${fault}`, { concurrent: true }, () => {
    it(`fails ${failing.length} of the tests`, async ({ expect }) => {
      const failures = await failuresOf(() => {
        const sound = soundStorage();
        return { storage: { ...sound, ...breakIt(sound) } as CircuitStorage, now };
      });
      expect(Object.keys(failures)).toEqual(failing);
    });
  });
}
