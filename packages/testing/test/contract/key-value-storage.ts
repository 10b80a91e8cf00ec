import type { CircuitRecord, CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';

/** A key-value store with compare-and-swap, as many databases are; each call is a round trip. */
export class KeyValueStore {
  readonly #entries = new Map<string, { readonly value: string; readonly version: number }>();
  readonly #watchers = new Set<(key: string) => void>();

  async get(key: string): Promise<{ value?: string; version: number; time: number }> {
    return { version: 0, ...this.#entries.get(key), time: Date.now() };
  }

  async compareAndSwap(key: string, version: number, value: string): Promise<boolean> {
    if ((this.#entries.get(key)?.version ?? 0) !== version) return false;
    this.#entries.set(key, { value, version: version + 1 });
    for (const watcher of this.#watchers) setImmediate(() => watcher(key));
    return true;
  }

  watch(watcher: (key: string) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}

/** A storage over it, as a stranger might write one: it pushes no records, only that there is something to read. */
export class KeyValueStorage implements CircuitStorage {
  readonly #store: KeyValueStore;

  constructor(store: KeyValueStore) {
    this.#store = store;
  }

  async read(name: string): Promise<StoredRecord> {
    const { value, time } = await this.#store.get(name);
    return { record: value === undefined ? undefined : JSON.parse(value), now: time };
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    for (;;) {
      const { value, version, time } = await this.#store.get(name);
      const record: CircuitRecord | undefined = value === undefined ? undefined : JSON.parse(value);
      const changed = change(record, time);
      if (changed === undefined) return this.read(name);
      const json = JSON.stringify(changed);
      const isWritten = await this.#store.compareAndSwap(name, version, json);
      if (isWritten) return { record: JSON.parse(json), now: time };
    }
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    let isSubscribed = true;
    setImmediate(() => isSubscribed && onPush());
    const unwatch = this.#store.watch((key) => isSubscribed && key === name && onPush());
    return () => {
      isSubscribed = false;
      unwatch();
    };
  }
}
