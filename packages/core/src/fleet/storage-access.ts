import type { Clock } from '../clock.js';
import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { CircuitStorage, RecordChange, StorageFault, StoredRecord } from '../storage/circuit-storage.js';
import { Alarm } from './alarm.js';
import { checkStorageTime, readRecord } from './read-record.js';
import type { FleetRecord } from './record.js';

/** What a storage answered, checked. */
export interface Answer {
  readonly record: FleetRecord | undefined;
  readonly now: number;
}

const REASONS: readonly unknown[] = ['timeout', 'conflict', 'unreadable', 'unavailable'];

/** A circuit's way to a storage that may throw, hang, or answer anything: every operation ends in time, or in a `CircuitStorageError`. */
export class StorageAccess {
  readonly #giveUp = new Set<() => void>();

  constructor(
    readonly name: string,
    readonly storage: CircuitStorage,
    readonly clock: Clock,
    readonly timeoutMs: () => number,
  ) {}

  read(): Promise<Answer> {
    return this.#attempt(() => this.storage.read(this.name), false);
  }

  /** An update that was given up writes nothing when it comes to it later. */
  update(change: RecordChange): Promise<Answer> {
    let isOver = false;
    const inTime: RecordChange = (record, now) => (isOver ? undefined : change(record, now));
    return this.#attempt(() => this.storage.update(this.name, inTime), true).finally(() => {
      isOver = true;
    });
  }

  /** Waits for no answer any more: what is under way fails. */
  abandon(): void {
    for (const giveUp of this.#giveUp) giveUp();
  }

  async #attempt(operate: () => Promise<StoredRecord>, mayBeApplied: boolean): Promise<Answer> {
    try {
      const { record, now } = Object(await this.#inTime(operate)) as StoredRecord;
      checkStorageTime(now);
      return { record: readRecord(record), now };
    } catch (cause) {
      const { reason = 'unavailable', mayHaveBeenApplied = true } = factsOf(cause);
      const facts = { reason, mayHaveBeenApplied: mayBeApplied && mayHaveBeenApplied, cause };
      throw new CircuitStorageError(this.name, facts);
    }
  }

  async #inTime<T>(operate: () => Promise<T>): Promise<T> {
    let giveUp!: () => void;
    const tooLate = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(Object.assign(new Error('The storage did not answer in time'), { reason: 'timeout' }));
    });
    // Judged a turn later: a process that was blocked must not take its own pause for a dead storage.
    const judgement = new Alarm(this.clock, giveUp);
    const time = new Alarm(this.clock, () => judgement.set(0));
    time.set(this.timeoutMs());
    this.#giveUp.add(giveUp);
    try {
      return await Promise.race([tooLate, operate()]);
    } finally {
      time.cancel();
      judgement.cancel();
      this.#giveUp.delete(giveUp);
    }
  }
}

/** What an error says of itself, as far as it makes sense. */
function factsOf(cause: unknown): StorageFault {
  try {
    const { reason, mayHaveBeenApplied } = Object(cause) as StorageFault;
    return {
      ...(REASONS.includes(reason) && { reason }),
      ...(typeof mayHaveBeenApplied === 'boolean' && { mayHaveBeenApplied }),
    } as StorageFault;
  } catch {
    return {}; // one that does not even let itself be read
  }
}
