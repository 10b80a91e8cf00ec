import type { CircuitRecord, CircuitStorage, StoredRecord } from '@breaker/core';
import type { SimulationOptions } from '../../src/index.js';
import { asStoredCircuit, type StoredCircuit } from '../../src/simulation/stored-circuit.js';

/** The protocol with one guard missing, imitated by what stands between a breaker and its storage. */
export interface Mutant {
  /** The guard that it breaks. */
  readonly name: string;
  /** The invariants that show it: one of them at least, in every run that notices. */
  readonly breaks: readonly number[];
  /** What the simulation must be like for it to matter. */
  readonly simulation?: Partial<SimulationOptions>;
  wrap(storage: CircuitStorage): CircuitStorage;
}

export interface Write {
  readonly before: StoredCircuit | undefined;
  readonly after: StoredCircuit;
  readonly now: number;
}

type AnyCircuit = StoredCircuit & Readonly<Record<string, unknown>>;

/** A storage whose updates write something else than they were asked to. */
export function writing(other: (write: Write) => object | undefined): (storage: CircuitStorage) => CircuitStorage {
  return (storage) =>
    around(storage, {
      update: (name, change) =>
        storage.update(name, (record, now) => {
          const after = change(record, now) as StoredCircuit | undefined;
          if (after === undefined) return undefined;
          return other({ before: asStoredCircuit(record), after, now }) as CircuitRecord;
        }),
    });
}

/** A storage whose updates show something else than what is stored. */
export function seeing(
  other: (record: AnyCircuit, now: number) => unknown,
): (storage: CircuitStorage) => CircuitStorage {
  return (storage) =>
    around(storage, {
      update: (name, change) =>
        storage.update(name, (record, now) => {
          const known = asStoredCircuit(record);
          return change(known === undefined ? record : other(known as AnyCircuit, now), now);
        }),
    });
}

/** A storage whose updates show other facts of circuits in a state than are stored, and write what is stored where it is kept. */
export function pretending<S extends StoredCircuit['state']>(
  state: S,
  facts: (record: Extract<StoredCircuit, { readonly state: S }>) => object,
): (storage: CircuitStorage) => CircuitStorage {
  return (storage) =>
    around(storage, {
      update: (name, change) =>
        storage.update(name, (record, now) => {
          const known = asStoredCircuit(record);
          if (known?.state !== state) return change(record, now);
          const pretended = facts(known as Extract<StoredCircuit, { readonly state: S }>);
          const after = change({ ...known, ...pretended }, now) as StoredCircuit | undefined;
          return after?.state === state ? ({ ...after, ...kept(known, pretended) } as CircuitRecord) : after;
        }),
    });
}

/** What is stored of the facts that were pretended, but for leases: those that were added or removed are. */
function kept(known: object, pretended: object): object {
  return Object.fromEntries(Object.entries(known).filter(([fact]) => fact in pretended && fact !== 'leases'));
}

/** A storage, but for some of its operations. */
export function around(storage: CircuitStorage, operations: Partial<CircuitStorage>): CircuitStorage {
  return {
    read: (name) => storage.read(name),
    update: (name, change) => storage.update(name, change),
    subscribe: (name, onPush) => storage.subscribe?.(name, onPush) ?? (() => undefined),
    ...operations,
  };
}

/** Whether a write begins another epoch. */
export function begins({ before, after }: Write): boolean {
  return before !== undefined && (before.epoch !== after.epoch || before.era !== after.era);
}

/** Answers with what it was asked the last time. */
export class Stale {
  #last: StoredRecord | undefined = undefined;

  answer(stored: StoredRecord): StoredRecord {
    const last = this.#last ?? stored;
    this.#last = stored;
    return { ...last, now: stored.now };
  }
}
