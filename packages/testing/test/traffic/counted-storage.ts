import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import { changeBytes, pushBytes, readBytes } from './bytes-on-redis.js';

/** What a fleet asks of its storage, in the words of `@breaker/redis`. */
export interface Traffic {
  reads: number;
  /** Transactions that were begun: an update that loses a race begins another. */
  changes: number;
  /** Those that had something to write. */
  execs: number;
  /** Those of them that lost the race. */
  lost: number;
  /** Either way, with pushes, but without pings. */
  bytes: number;
}

export const NO_TRAFFIC: Readonly<Traffic> = { reads: 0, changes: 0, execs: 0, lost: 0, bytes: 0 };

/** Counts what a process asks of a storage that loses nothing. */
export class CountedStorage implements CircuitStorage {
  constructor(
    readonly storage: CircuitStorage,
    readonly traffic: Traffic,
  ) {}

  async read(name: string): Promise<StoredRecord> {
    this.traffic.reads++;
    const stored = await this.storage.read(name);
    this.traffic.bytes += readBytes(stored.record);
    return stored;
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    let mustBeWritten = false;
    const lose = () => {
      if (mustBeWritten) this.traffic.lost++;
    };
    try {
      return await this.storage.update(name, (record, now) => {
        lose(); // else it would not be asked again
        const changed = change(record, now);
        mustBeWritten = changed !== undefined;
        this.traffic.changes++;
        if (mustBeWritten) this.traffic.execs++;
        this.traffic.bytes += changeBytes(record, changed);
        return changed;
      });
    } catch (error) {
      lose();
      throw error;
    }
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const count = (...news: readonly unknown[]) => {
      if (news.length > 0) this.traffic.bytes += pushBytes(news[0]);
      onPush(...news);
    };
    return this.storage.subscribe?.(name, count) ?? (() => {});
  }
}
