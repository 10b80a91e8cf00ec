import type { CircuitRecord, RecordChange, StoredRecord } from '../storage/circuit-storage.js';
import { Alarm } from './alarm.js';
import type { FleetHost } from './fleet-host.js';
import { isKept } from './record.js';
import type { Answer } from './storage-access.js';
import type { View } from './view.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** Retries are spread, up to so much earlier than they must be. */
const SPREAD = 0.2;
/** A storage that goes again so soon after it came back was hardly there. */
const HARDLY_THERE_MS = 2 * LONGEST_RETRY_MS;

/**
 * The time in which the storage is out of reach: this process goes on alone, by the same rules, with what it knows in the storage's
 * place, and tries again after longer and longer whiles.
 */
export class Outage {
  isOn = false;
  /** What the storage answered when it was asked again. */
  comeback: Answer | undefined = undefined;
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #retry: Alarm;
  #retryMs = FIRST_RETRY_MS;
  #endedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param ask - asks the storage that is out of reach
   * @param onComeback - told that it has answered
   */
  constructor(host: FleetHost, view: View, ask: () => Promise<Answer>, onComeback: () => void) {
    this.#host = host;
    this.#view = view;
    this.#retry = new Alarm(host.settings.clock, async () => {
      const answer = await ask().catch(() => undefined);
      if (!this.isOn) return;
      if (answer === undefined) return this.#retryLater();
      this.comeback = answer;
      onComeback();
    });
  }

  begin(): void {
    if (!(this.#now() - this.#endedAt < HARDLY_THERE_MS)) this.#retryMs = FIRST_RETRY_MS;
    this.#retryLater();
    this.isOn = true;
    this.#view.left = this.#view.record;
  }

  /** The storage is back. */
  end(): void {
    this.stop();
    this.#view.left = undefined;
    this.#endedAt = this.#now();
  }

  /** The storage is let go, whether it is back or not. */
  stop(): void {
    this.isOn = false;
    this.comeback = undefined;
    this.#retry.cancel();
  }

  /** Stands in for the update of a storage. */
  async update(_name: string, change: RecordChange): Promise<StoredRecord> {
    const { record } = this.#view;
    const now = this.#view.storageTime();
    const known = record !== undefined && isKept(record, now) ? (record as unknown as CircuitRecord) : undefined;
    return { record: change(known, now) ?? known, now };
  }

  #retryLater(): void {
    this.#retry.set(this.#retryMs * (1 - SPREAD * this.#view.random()));
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }

  #now(): number {
    return this.#host.settings.clock.now();
  }
}
