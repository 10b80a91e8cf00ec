import type { CircuitStorage, RecordChange, StorageFault, StoredRecord } from '@breaker/core';
import type { HistoryFile } from '../history/history-file.js';

/** Writes down all that a breaker asks of its storage, and what becomes of it. */
export class RecordingStorage implements CircuitStorage {
  readonly #storage: CircuitStorage;
  readonly #history: HistoryFile;
  #updates = 0;

  constructor(storage: CircuitStorage, history: HistoryFile) {
    this.#storage = storage;
    this.#history = history;
  }

  async read(name: string): Promise<StoredRecord> {
    try {
      const stored = await this.#storage.read(name);
      this.#history.write({ type: 'read', ...stored });
      return stored;
    } catch (error) {
      this.#history.write({ type: 'read-failed', reason: reasonOf(error) });
      throw error;
    }
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    const update = ++this.#updates;
    this.#history.write({ type: 'asked', update });
    const watched: RecordChange = (before, now) => {
      const after = change(before, now);
      this.#history.write({ type: 'ran', update, before, after, now });
      return after;
    };
    try {
      const stored = await this.#storage.update(name, watched);
      this.#history.write({ type: 'answered', update });
      return stored;
    } catch (error) {
      const { mayHaveBeenApplied = true } = error as StorageFault;
      this.#history.write({ type: 'failed', update, reason: reasonOf(error), mayHaveBeenApplied });
      throw error;
    }
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const stop = this.#storage.subscribe?.(name, (record) => {
      this.#history.write({ type: 'pushed', record });
      onPush(record);
    });
    return stop ?? (() => undefined);
  }
}

function reasonOf(error: unknown): string {
  const { reason, message } = error as Partial<StorageFault & Error>;
  return `${reason}: ${message}`;
}
