import { checkOptions, optional } from '../check.js';
import { type Clock, checkClock, systemClock } from '../clock.js';
import type { CircuitRecord, CircuitStorage, RecordChange, StoredRecord } from './circuit-storage.js';

/** The options of a `MemoryStorage`. */
export interface MemoryStorageOptions {
  /** The storage's clock. Default: the process's monotonic clock. */
  readonly clock?: Clock | undefined;
}

const OPTIONS = optional<MemoryStorageOptions>({ clock: checkClock });

type OnPush = (record?: unknown) => void;

/** Keeps records in memory: the reference for every storage. Breakers of one process that are given the same one share. */
export class MemoryStorage implements CircuitStorage {
  readonly #clock: Clock;
  /** As JSON: what goes in and what comes out are copies. */
  readonly #records = new Map<string, string>();
  readonly #subscriptions = new Map<string, Set<OnPush>>();

  /** @throws TypeError that names the option, its value and what was expected */
  constructor(options: MemoryStorageOptions = {}) {
    checkOptions(options, OPTIONS);
    this.#clock = options.clock ?? systemClock;
  }

  async read(name: string): Promise<StoredRecord> {
    return this.#look(name);
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    const { record, now } = this.#look(name);
    const changed = change(record, now);
    if (changed !== undefined) this.#write(name, changed);
    return { record: this.#parsed(name), now };
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const subscription: OnPush = (...news) => onPush(...news);
    const subscriptions = this.#subscriptions.get(name) ?? new Set();
    this.#subscriptions.set(name, subscriptions.add(subscription));
    this.#push(name, subscription);
    return () => {
      if (subscriptions.delete(subscription) && subscriptions.size === 0) this.#subscriptions.delete(name);
    };
  }

  /** Forgets what need not be kept any more. */
  #look(name: string): StoredRecord {
    const now = this.#clock.now();
    const record = this.#parsed(name);
    if (record === undefined || !(now > (record.keepUntilAt ?? Number.POSITIVE_INFINITY))) return { record, now };
    this.#records.delete(name);
    return { record: undefined, now };
  }

  #write(name: string, record: CircuitRecord): void {
    const json = JSON.stringify(record);
    this.#records.set(name, json);
    for (const subscription of this.#subscriptions.get(name) ?? []) this.#push(name, subscription, json);
  }

  /** Later, and only while the subscription lasts. */
  #push(name: string, subscription: OnPush, json?: string): void {
    // Not queueMicrotask: test runners that fake timers hold it back.
    void Promise.resolve().then(() => {
      if (!this.#subscriptions.get(name)?.has(subscription)) return;
      if (json === undefined) subscription();
      else subscription(JSON.parse(json));
    });
  }

  #parsed(name: string): CircuitRecord | undefined {
    const json = this.#records.get(name);
    return json === undefined ? undefined : JSON.parse(json);
  }
}
