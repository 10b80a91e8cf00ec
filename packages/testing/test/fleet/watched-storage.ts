import type { CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';

export type Operation = 'subscribe' | 'unsubscribe' | 'read' | 'update';

/** Passes everything on, and keeps what it was asked. */
export class WatchedStorage implements CircuitStorage {
  readonly operations: Operation[] = [];
  /** Updates in which the last word of `change` was a record. */
  writes = 0;
  /** How many updates were on their way at once, at most. */
  mostUpdatesAtOnce = 0;
  /** Changes that gave something else when they were asked again. */
  readonly impurities: string[] = [];
  #updatesUnderWay = 0;
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

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    this.operations.push('update');
    this.#updatesUnderWay += 1;
    this.mostUpdatesAtOnce = Math.max(this.mostUpdatesAtOnce, this.#updatesUnderWay);
    let isCounted = false;
    try {
      return await this.#storage.update(name, (record, now) => {
        const again = JSON.stringify(change(structuredClone(record), now));
        const changed = change(record, now);
        if (JSON.stringify(changed) !== again) this.impurities.push(`${again} is not ${JSON.stringify(changed)}`);
        if ((changed !== undefined) !== isCounted) this.writes += isCounted ? -1 : 1;
        isCounted = changed !== undefined;
        return changed;
      });
    } finally {
      this.#updatesUnderWay -= 1;
    }
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
