import type { CircuitStorage, StorageFault } from '@breaker/core';
import { assert, assertEqual } from './assertions.js';
import type { StorageTests } from './storage-test.js';

const RACERS = 20;

export const racing: StorageTests = {
  'loses no update when many are made at once': async ({ storage, another, name }) => {
    const racers = Array.from({ length: RACERS }, (_, racer) => increment(racer % 2 === 0 ? storage : another, name));
    const outcomes = await Promise.all(racers);
    const applied = outcomes.filter((outcome) => outcome === 'applied').length;
    assert(applied > 0, 'all updates were lost to conflicts');
    assertEqual(`the count after ${applied} updates`, countOf((await storage.read(name)).record), applied);
  },
};

async function increment(storage: CircuitStorage, name: string): Promise<'applied' | 'conflict'> {
  try {
    await storage.update(name, (record) => ({ count: countOf(record) + 1 }));
    return 'applied';
  } catch (error) {
    const { reason, mayHaveBeenApplied } = error as StorageFault;
    // A storage may give a race up, as long as it says so.
    if (reason === 'conflict' && mayHaveBeenApplied === false) return 'conflict';
    throw error;
  }
}

function countOf(record: unknown): number {
  return record === undefined ? 0 : (record as { readonly count: number }).count;
}
