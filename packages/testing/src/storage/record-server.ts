import type { CircuitRecord, Clock, RecordChange, StoredRecord } from '@breaker/core';
import { storageFault } from './storage-fault.js';

/** What a `FakeStorage` was asked, and what came of it, over all its links. */
export interface FakeStorageCounts {
  /** Reads asked for, those that failed included. */
  readonly reads: number;
  /** Updates asked for, those that failed or wrote nothing included. */
  readonly updates: number;
  /** Records written by updates. */
  readonly writes: number;
  /** Records that were brought to a subscriber. */
  readonly pushes: number;
}

/** A record as JSON, so that what goes in and what comes out are copies. Each one that is stored is a new object. */
interface Stored {
  readonly json: string;
}

/** Told of a record as it was written, as JSON. */
export type Subscriber = (json: string) => void;

/** The data that all links of a `FakeStorage` lead to. It works at once, and knows no faults. */
export class RecordServer {
  readonly counts: { -readonly [Name in keyof FakeStorageCounts]: number } = {
    reads: 0,
    updates: 0,
    writes: 0,
    pushes: 0,
  };
  readonly #clock: Clock;
  #clockSteppedMs = 0;
  readonly #stored = new Map<string, Stored>();
  readonly #subscribers = new Map<string, Set<Subscriber>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  look(name: string): StoredRecord {
    const stored = this.#find(name);
    return { record: stored && JSON.parse(stored.json), now: this.#now() };
  }

  /**
   * Asks what to write, once more for every race to be lost. Gives a function that writes it, and tells what is stored then;
   * it throws where something else was written in between.
   */
  prepare(name: string, change: RecordChange, racesToLose: number): () => StoredRecord {
    const before = this.#find(name);
    let changed: CircuitRecord | undefined;
    for (let races = 0; races <= racesToLose; races++) {
      const { record, now } = this.look(name);
      changed = change(record, now);
      if (changed === undefined) return () => this.look(name);
    }
    return () => this.#write(name, before, changed as CircuitRecord);
  }

  subscribe(name: string, subscriber: Subscriber): () => void {
    const subscribers = this.#subscribers.get(name) ?? new Set();
    this.#subscribers.set(name, subscribers.add(subscriber));
    return () => {
      if (subscribers.delete(subscriber) && subscribers.size === 0) this.#subscribers.delete(name);
    };
  }

  isSubscribed(name: string, subscriber: Subscriber): boolean {
    return this.#subscribers.get(name)?.has(subscriber) === true;
  }

  subscribers(name: string): number {
    return this.#subscribers.get(name)?.size ?? 0;
  }

  forget(name: string | undefined): void {
    if (name === undefined) this.#stored.clear();
    else this.#stored.delete(name);
  }

  stepClock(ms: number): void {
    this.#clockSteppedMs += ms;
  }

  /** Stores anything, and tells nobody. */
  put(name: string, record: unknown): void {
    const json = JSON.stringify(record);
    if (json === undefined) this.#stored.delete(name);
    else this.#stored.set(name, { json });
  }

  #write(name: string, before: Stored | undefined, changed: CircuitRecord): StoredRecord {
    if (this.#find(name) !== before) {
      const message = `The record of "${name}" was written by somebody else in between`;
      throw storageFault(message, { reason: 'conflict', mayHaveBeenApplied: false });
    }
    const json = JSON.stringify(changed);
    this.#stored.set(name, { json });
    this.counts.writes++;
    for (const subscriber of this.#subscribers.get(name) ?? []) subscriber(json);
    return this.look(name);
  }

  /** Forgets what need not be kept any more. */
  #find(name: string): Stored | undefined {
    const stored = this.#stored.get(name);
    if (stored === undefined || !(this.#now() > keepUntilAt(stored))) return stored;
    this.#stored.delete(name);
    return undefined;
  }

  #now(): number {
    return this.#clock.now() + this.#clockSteppedMs;
  }
}

/** What is no record, or says nothing that can be understood, is kept for ever. */
function keepUntilAt({ json }: Stored): number {
  const until = (JSON.parse(json) as CircuitRecord | null)?.keepUntilAt;
  return typeof until === 'number' ? until : Number.POSITIVE_INFINITY;
}
