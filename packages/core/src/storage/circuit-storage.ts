import type { CircuitStorageError } from '../errors/circuit-storage-error.js';

/**
 * Keeps one record for each name, replaces it atomically, and has a clock of its own. A storage knows nothing of circuits: a
 * record is plain JSON to it.
 *
 * Every operation settles by itself, in about the time that it is given elsewhere; the breaker stops waiting after
 * `storageTimeoutMs`. What an operation rejects with may carry `StorageFault`'s facts.
 */
export interface CircuitStorage {
  /** Gives a copy of the record. Never writes, and keeps nothing alive. */
  read(name: string): Promise<StoredRecord>;
  /**
   * Replaces the record with what `change` makes of a copy of it, atomically for each name: nothing else is written between
   * what `change` was given and what it gave. Where another one wrote meanwhile, `change` is asked again.
   *
   * Where `change` gives `undefined`, nothing is written, and nothing is kept for longer. What it throws, the promise rejects
   * with, that very value, and nothing is written.
   *
   * @returns a copy of what is stored afterwards
   */
  update(name: string, change: RecordChange): Promise<StoredRecord>;
  /**
   * Tells of what others wrote, where the storage can: a hint that may come late, twice, out of order, or never.
   *
   * `onPush(record)` brings a copy of a record as it was written. `onPush()` says that some may have been missed: it is called
   * once for every subscription, at every reconnection, and about once a second while pushes are down. Never calls back before
   * it has returned.
   *
   * @returns a function that ends the subscription; calling it again does no harm
   */
  subscribe?(name: string, onPush: (record?: unknown) => void): () => void;
  /** Lets go of everything that it opened. Nothing else is asked of it afterwards. */
  close?(): Promise<void>;
}

/** Makes the new record of the stored one (`undefined` where there is none) at the storage's time. Pure: it may be asked again. */
export type RecordChange = (record: unknown, now: number) => CircuitRecord | undefined;

/** What is stored, and what the storage's clock said when it looked. */
export interface StoredRecord {
  /** `undefined` where there is none. */
  readonly record: unknown;
  /** In milliseconds; every time in a record is one of this clock's. */
  readonly now: number;
}

/** Plain JSON, of which a storage need know one thing only. */
export interface CircuitRecord {
  /** Until when the record must be kept, by the storage's clock; absent: for ever. */
  readonly keepUntilAt?: number;
  readonly [field: string]: unknown;
}

/** What an error that a storage rejects with can say of itself. */
export interface StorageFault {
  /** Default: `unavailable`. */
  readonly reason?: CircuitStorageError['reason'];
  /** Whether it may have been written all the same. Default: true. */
  readonly mayHaveBeenApplied?: boolean;
}
