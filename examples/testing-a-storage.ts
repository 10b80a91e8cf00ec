// Proves that a storage of one's own keeps the contract; here with the test runner of Node.

import { describe, it } from 'node:test';
import type { CircuitRecord, CircuitStorage, RecordChange } from '@breaker/core';

class MapStorage implements CircuitStorage {
  constructor(readonly records: Map<string, string>) {}

  async read(name: string) {
    return this.#look(name);
  }

  async update(name: string, change: RecordChange) {
    const { record, now } = this.#look(name);
    const changed: CircuitRecord | undefined = change(record, now);
    if (changed !== undefined) this.records.set(name, JSON.stringify(changed));
    return this.#look(name);
  }

  #look(name: string) {
    const json = this.records.get(name);
    return { record: json === undefined ? undefined : JSON.parse(json), now: Date.now() };
  }
}

// #region contract
import { describeStorageContract } from '@breaker/testing/contract';

const factory = () => {
  const records = new Map();
  return { storage: new MapStorage(records), another: new MapStorage(records), now: () => Date.now() };
};

describeStorageContract('MapStorage', factory, { describe, it });
// #endregion
