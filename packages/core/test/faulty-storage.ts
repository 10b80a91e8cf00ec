import {
  type CircuitRecord,
  type CircuitStorage,
  MemoryStorage,
  type RecordChange,
  type StoredRecord,
} from '../src/index.js';
import type { FakeClock } from './fake-clock.js';

type Fault = (operate: () => Promise<StoredRecord>) => Promise<unknown>;

const NONE: Fault = (operate) => operate();

/** A storage in memory that does to every operation what it is told to, until it is healed. Pushes are another matter. */
export class FaultyStorage implements CircuitStorage {
  readonly counts = { reads: 0, updates: 0, writes: 0 };
  dropsPushes = false;
  readonly #clock: FakeClock;
  readonly #memory: MemoryStorage;
  #fault: Fault = NONE;
  #hanging: (() => void)[] = [];
  #subscribers = 0;

  constructor(clock: FakeClock) {
    this.#clock = clock;
    this.#memory = new MemoryStorage({ clock });
  }

  /** How many subscriptions last. */
  get subscribers(): number {
    return this.#subscribers;
  }

  read(name: string): Promise<StoredRecord> {
    this.counts.reads += 1;
    return this.#fault(() => this.#memory.read(name)) as Promise<StoredRecord>;
  }

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    this.counts.updates += 1;
    const counted: RecordChange = (record, now) => {
      const changed = change(record, now);
      if (changed !== undefined) this.counts.writes += 1;
      return changed;
    };
    return this.#fault(() => this.#memory.update(name, counted)) as Promise<StoredRecord>;
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    this.#subscribers += 1;
    const unsubscribe = this.#memory.subscribe(name, (...news) => (this.dropsPushes ? undefined : onPush(...news)));
    return () => {
      this.#subscribers -= 1;
      unsubscribe();
    };
  }

  /** What is stored, seen from outside. */
  async stored(name = 'orders'): Promise<Record<string, unknown> | undefined> {
    const { record } = await this.#memory.read(name);
    return record as Record<string, unknown> | undefined;
  }

  /** Writes a record from outside, with a push. */
  async put(record: object, name = 'orders'): Promise<void> {
    await this.#memory.update(name, () => record as CircuitRecord);
  }

  /** Loses a record, without a push. */
  async forget(name = 'orders'): Promise<void> {
    const { dropsPushes } = this;
    this.dropsPushes = true;
    await this.#memory.update(name, () => ({ keepUntilAt: Number.MIN_SAFE_INTEGER }));
    await undefined;
    this.dropsPushes = dropsPushes;
  }

  /** Rejects; nothing is done. */
  fail(error: unknown = new Error('the storage is down')): void {
    this.#fault = () => Promise.reject(error);
  }

  /** Throws instead of giving a promise. */
  throwAtOnce(error: unknown): void {
    this.#fault = () => {
      throw error;
    };
  }

  /** Gives something else than an answer. */
  answer(garbage: unknown): void {
    this.#fault = () => Promise.resolve(garbage);
  }

  /** Does nothing until it is healed, and then all of it, late. */
  hang(): void {
    this.#fault = async (operate) => {
      await new Promise<void>((resolve) => this.#hanging.push(resolve));
      return operate();
    };
  }

  /** Does it after half of the time, and answers after all of it. */
  delay(ms: number): void {
    const half = () => new Promise<void>((resolve) => this.#clock.setTimeout(resolve, ms / 2));
    this.#fault = async (operate) => {
      await half();
      const stored = await operate();
      await half();
      return stored;
    };
  }

  /** Does it, and then rejects. */
  loseReplies(error: unknown = new Error('the reply was lost')): void {
    this.#fault = async (operate) => {
      await operate();
      throw error;
    };
  }

  heal(): void {
    this.#fault = NONE;
    for (const resume of this.#hanging.splice(0)) resume();
  }
}
