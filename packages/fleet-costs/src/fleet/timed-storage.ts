import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import { machineTime } from './machine-time.js';

/** A storage that knows when it last sent a commit. */
export class TimedStorage implements CircuitStorage {
  /** By `machineTime()`. A change runs between the two round trips, and what it made is sent in the same turn. */
  sentAt = 0;

  constructor(readonly storage: Required<CircuitStorage>) {}

  read(name: string): Promise<StoredRecord> {
    return this.storage.read(name);
  }

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    return this.storage.update(name, (record, now) => {
      const changed = change(record, now);
      if (changed !== undefined) this.sentAt = machineTime();
      return changed;
    });
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    return this.storage.subscribe(name, onPush);
  }
}
