import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { CircuitStorage, RecordChange, StorageFault, StoredRecord } from '../storage/circuit-storage.js';
import { Timer } from '../timer.js';
import type { FleetHost } from './fleet-host.js';
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

  constructor(readonly host: Pick<FleetHost, 'name' | 'settings'>) {}

  read(): Promise<Answer> {
    const { name, settings } = this.host;
    return this.#attempt(() => settings.storage.read(name), false);
  }

  /**
   * An update that was given up writes nothing when it comes to it later.
   *
   * @param storage - the same one, or what stands in for it
   */
  update(change: RecordChange, storage: Pick<CircuitStorage, 'update'>): Promise<Answer> {
    let isOver = false;
    const inTime: RecordChange = (record, now) => (isOver ? undefined : change(record, now));
    return this.#attempt(() => storage.update(this.host.name, inTime), true).finally(() => {
      isOver = true;
    });
  }

  /** Waits for no answer any more: what is under way fails. */
  abandon(): void {
    for (const giveUp of this.#giveUp) giveUp();
  }

  async #attempt(operate: () => Promise<StoredRecord>, mayBeApplied: boolean): Promise<Answer> {
    const { name, settings } = this.host;
    let timer: Timer | undefined;
    let giveUp!: () => void;
    const tooLate = new Promise<never>((_resolve, reject) => {
      giveUp = () => reject(Object.assign(new Error('The storage did not answer in time'), { reason: 'timeout' }));
    });
    // Judged a turn later: a process that was blocked must not take its own pause for a dead storage.
    const judge = () => {
      timer = new Timer(settings.clock, giveUp, 0);
    };
    this.#giveUp.add(giveUp);
    const inTime = async () => {
      try {
        timer = new Timer(settings.clock, judge, settings.storageTimeoutMs);
        return await Promise.race([tooLate, operate()]);
      } finally {
        this.#giveUp.delete(giveUp);
        timer?.cancel();
      }
    };
    try {
      const { record, now } = Object(await inTime()) as StoredRecord;
      checkStorageTime(now);
      return { record: readRecord(record), now };
    } catch (cause) {
      const { reason = 'unavailable', mayHaveBeenApplied = true } = factsOf(cause);
      const facts = { reason, mayHaveBeenApplied: mayBeApplied && mayHaveBeenApplied, cause };
      throw new CircuitStorageError(name, facts);
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
