// A storage of one's own, over any database with conditional writes, and the proof that it keeps the contract.

import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { CircuitStorage, RecordChange, StorageFault, StoredRecord } from '@breaker/core';
import { describeStorageContract } from '@breaker/testing/contract';
import { type Row, Table } from './writing-a-storage/table.js';

const parse = (row: Row | undefined): unknown => row && JSON.parse(row.json);

class TableStorage implements CircuitStorage {
  constructor(readonly table: Table) {}

  async read(name: string): Promise<StoredRecord> {
    const { row, now } = await this.table.get(name, AbortSignal.timeout(400));
    return { record: parse(row), now };
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    for (const signal = AbortSignal.timeout(400); !signal.aborted; await setTimeout(5 * Math.random())) {
      const { row, now } = await this.table.get(name, signal);
      const record = change(parse(row), now);
      if (record === undefined) return { record: parse(row), now };
      const next = { json: JSON.stringify(record), keepUntilAt: record.keepUntilAt };
      if (await this.table.put(name, next, row?.version, signal)) return { record: JSON.parse(next.json), now };
    }
    const fault: StorageFault = { reason: 'conflict', mayHaveBeenApplied: false };
    throw Object.assign(new Error('Others wrote in between, again and again'), fault);
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    return this.table.watch(name, { onConnect: () => onPush(), onWrite: (json) => onPush(JSON.parse(json)) });
  }
}

const makeTwo = (table = new Table()) => ({ storage: new TableStorage(table), another: new TableStorage(table) });
describeStorageContract('TableStorage', () => ({ ...makeTwo(), now: () => Date.now() }), { describe, it });
