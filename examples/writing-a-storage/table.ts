import { setImmediate } from 'node:timers/promises';

interface Content {
  readonly json: string;
  /** The table forgets the row after this time of its own; `undefined`: never. */
  readonly keepUntilAt: number | undefined;
}

export interface Row extends Content {
  readonly version: number;
}

interface Watcher {
  onConnect(): void;
  onWrite(json: string): void;
}

/** Stands in for a table of a database: rows with versions, conditional writes, a clock, and news of what is written. */
export class Table {
  readonly #rows = new Map<string, Row>();
  readonly #watchers = new Map<Watcher, string>();
  #writes = 0;

  async get(key: string, signal: AbortSignal): Promise<{ row: Row | undefined; now: number }> {
    await oneWay(signal);
    return { row: this.#row(key), now: Date.now() };
  }

  /** Writes where the row still has that version (`undefined`: where there is none); says whether it did. */
  async put(key: string, content: Content, ifVersion: number | undefined, signal: AbortSignal): Promise<boolean> {
    await oneWay(signal);
    if (this.#row(key)?.version !== ifVersion) return false;
    this.#rows.set(key, { ...content, version: ++this.#writes }); // no version ever comes again
    for (const [watcher, watched] of this.#watchers) if (watched === key) watcher.onWrite(content.json);
    return true;
  }

  /** `onConnect` comes first, and again whenever the connection was lost. */
  watch(key: string, watcher: Watcher): () => void {
    this.#watchers.set(watcher, key);
    queueMicrotask(() => this.#watchers.has(watcher) && watcher.onConnect());
    return () => void this.#watchers.delete(watcher);
  }

  #row(key: string): Row | undefined {
    const row = this.#rows.get(key);
    return row !== undefined && Date.now() > (row.keepUntilAt ?? Number.POSITIVE_INFINITY) ? undefined : row;
  }
}

/** A request takes its time, in which others may write. */
async function oneWay(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await setImmediate();
}
