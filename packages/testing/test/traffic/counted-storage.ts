import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import { changeBytes, pushBytes, readBytes } from './bytes-on-redis.js';

/** What a fleet asks of its storage, in the words of `@breaker/redis`. */
export interface Traffic {
  reads: number;
  /** Transactions that were begun: an update that loses a race begins another. */
  changes: number;
  /** Those that had something to write. */
  execs: number;
  /** Those of them that were overtaken by nobody. */
  writes: number;
  /** Either way, with pushes, but without pings. */
  bytes: number;
}

export const NO_TRAFFIC: Readonly<Traffic> = { reads: 0, changes: 0, execs: 0, writes: 0, bytes: 0 };

/** Counts what a process asks of its storage; only what was written in the end must be seen elsewhere. */
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

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    return this.storage.update(name, (record, now) => {
      const changed = change(record, now);
      this.traffic.changes++;
      if (changed !== undefined) this.traffic.execs++;
      this.traffic.bytes += changeBytes(record, changed);
      return changed;
    });
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const count = (...news: readonly unknown[]) => {
      if (news.length > 0) this.traffic.bytes += pushBytes(news[0]);
      onPush(...news);
    };
    return this.storage.subscribe?.(name, count) ?? (() => {});
  }
}
