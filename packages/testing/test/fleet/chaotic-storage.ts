import type { CircuitRecord, CircuitStorage, RecordChange, StoredRecord } from '@breaker/core';
import type { FakeClock } from '../../src/index.js';

type Storage = Required<Pick<CircuitStorage, 'read' | 'update' | 'subscribe'>>;

/** A storage that does anything, as chance wants it, until it is told to behave. */
export class ChaoticStorage implements CircuitStorage {
  behaves = false;
  readonly #storage: Storage;
  readonly #clock: FakeClock;
  readonly #random: () => number;

  constructor(storage: Storage, clock: FakeClock, random: () => number) {
    this.#storage = storage;
    this.#clock = clock;
    this.#random = random;
  }

  read(name: string): Promise<StoredRecord> {
    return this.#spoil(() => this.#storage.read(name));
  }

  update(name: string, change: RecordChange): Promise<StoredRecord> {
    return this.#spoil(() => this.#storage.update(name, this.#tease(change)));
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    return this.#storage.subscribe(name, (...news) => {
      const pushes: [(() => void)[], number][] = [
        [[], 0.2],
        [[() => onPush(...news), () => onPush(...news)], 0.1],
        [[() => onPush()], 0.1],
        [[() => onPush({ epoch: 1 })], 0.1],
        [[() => void this.#clock.setTimeout(() => onPush(...news), 300)], 0.1],
      ];
      for (const push of this.#choose(pushes) ?? [() => onPush(...news)]) push();
    });
  }

  /** Asks a change more often than it counts, and with what is not stored. */
  #tease(change: RecordChange): RecordChange {
    return (record, now) => {
      const teasings: [() => unknown, number][] = [
        [() => change(structuredClone(record), now), 0.2],
        [() => change(undefined, now), 0.1],
        [() => change('garbage', Number.NaN), 0.05],
      ];
      try {
        this.#choose(teasings)?.();
      } catch {
        // What it throws for garbage is its own business.
      }
      return change(record, now) as CircuitRecord | undefined;
    };
  }

  #spoil(operation: () => Promise<StoredRecord>): Promise<StoredRecord> {
    const later = (ms: number): Promise<void> => new Promise((resolve) => void this.#clock.setTimeout(resolve, ms));
    const spoilings: [() => unknown, number][] = [
      [
        () => {
          throw new Error('thrown');
        },
        0.06,
      ],
      [() => Promise.reject(new Error('rejected')), 0.06],
      [() => operation().then(() => Promise.reject(new Error('lost'))), 0.06],
      [() => new Promise(() => undefined), 0.06],
      [() => undefined, 0.03],
      [() => Promise.resolve({ record: { schema: 99 }, now: 1 }), 0.03],
      [() => operation().then(({ record }) => ({ record, now: Number.NaN })), 0.03],
      [() => later(60).then(operation), 0.1],
      [() => operation().then((stored) => later(60).then(() => stored)), 0.1],
      [() => later(800).then(operation), 0.05],
    ];
    return (this.#choose(spoilings) ?? operation)() as Promise<StoredRecord>;
  }

  /** One of them by its share, or none. */
  #choose<Choice>(choices: readonly (readonly [Choice, number])[]): Choice | undefined {
    let chance = this.behaves ? 1 : this.#random();
    for (const [choice, share] of choices) {
      chance -= share;
      if (chance < 0) return choice;
    }
    return undefined;
  }
}
