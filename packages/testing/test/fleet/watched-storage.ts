import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';

export type Operation = 'subscribe' | 'unsubscribe' | 'read' | 'update';

/** Passes everything on, and keeps what it was asked. */
export class WatchedStorage implements CircuitStorage {
  readonly operations: Operation[] = [];
  /** Updates in which the last word of `change` was a record. */
  writes = 0;
  readonly #storage: Required<Pick<CircuitStorage, 'read' | 'update' | 'subscribe'>>;

  constructor(storage: Required<Pick<CircuitStorage, 'read' | 'update' | 'subscribe'>>) {
    this.#storage = storage;
  }

  get reads(): number {
    return this.operations.filter((operation) => operation === 'read').length;
  }

  get updates(): number {
    return this.operations.filter((operation) => operation === 'update').length;
  }

  /** Forgets what it was asked so far. */
  clear(): void {
    this.operations.length = 0;
    this.writes = 0;
  }

  read(name: string): Promise<StoredRecord> {
    this.operations.push('read');
    return this.#storage.read(name);
  }

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    this.operations.push('update');
    let isCounted = false;
    return this.#storage.update(name, (record, now) => {
      const changed = change(record, now);
      if ((changed !== undefined) !== isCounted) this.writes += isCounted ? -1 : 1;
      isCounted = changed !== undefined;
      return changed;
    });
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    this.operations.push('subscribe');
    const unsubscribe = this.#storage.subscribe(name, onPush);
    return () => {
      this.operations.push('unsubscribe');
      unsubscribe();
    };
  }
}
