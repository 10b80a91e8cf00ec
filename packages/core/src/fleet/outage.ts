import type { Ruling } from '../circuit/event.js';
import { systemClock } from '../clock.js';
import type { CircuitRecord } from '../storage/circuit-storage.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { Alarm } from './alarm.js';
import type { FleetHost } from './fleet-host.js';
import { type EpochId, type FleetRecord, isSameEpoch } from './record.js';
import { type Answer, StorageAccess } from './storage-access.js';
import type { View } from './view.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** Retries are spread, up to so much earlier than they must be. */
const SPREAD = 0.2;

/** What the storage said when it answered again, and the ruling that was committed with the question. */
export interface Comeback {
  readonly answer: Answer;
  readonly ruling: Ruling | undefined;
}

/**
 * The time in which the storage is out of reach: this process goes on alone, by the same rules, with a private storage in memory that
 * begins with the view, and tries again after longer and longer whiles.
 */
export class Outage {
  /** What this process knew when it lost the storage; nothing of what happens since is ever taught. */
  readonly left: FleetRecord | undefined;
  readonly access: StorageAccess;
  /** What ends it. */
  comeback: Comeback | undefined = undefined;
  readonly #view: View;
  readonly #host: FleetHost;
  readonly #retry: Alarm;
  #retryMs: number;
  #endedAt: number | undefined = undefined;
  #ruled: { readonly by: Ruling; readonly epoch: EpochId } | undefined = undefined;

  /**
   * @param ask - asks the storage that is out of reach; a ruling that was made meanwhile is to be committed with the question
   * @param onComeback - told that it has answered
   * @param last - the last one: a storage that goes again soon after it came back was hardly there
   */
  constructor(
    host: FleetHost,
    view: View,
    ask: (ruling: Ruling | undefined) => Promise<Answer>,
    onComeback: () => void,
    last?: Outage,
  ) {
    const { name, settings } = host;
    this.left = view.record;
    this.#view = view;
    this.#host = host;
    const storage = new MemoryStorage({ clock: { ...systemClock, now: () => view.storageTime() } });
    // What is no JSON cannot be kept: then it begins closed.
    storage.update(name, () => this.left as CircuitRecord | undefined).catch(() => undefined);
    this.access = new StorageAccess(name, storage, settings.clock, () => host.settings.storageTimeoutMs);
    this.#retryMs = last?.hasJustEnded ? last.#retryMs : FIRST_RETRY_MS;
    this.#retry = new Alarm(settings.clock, async () => {
      const ruling = this.rulingInForce;
      const answer = await ask(ruling).catch(() => undefined);
      if (this.#endedAt !== undefined) return;
      if (answer === undefined) return this.#retryLater();
      this.comeback = { answer, ruling };
      onComeback();
    });
    this.#retryLater();
  }

  /** Whether the circuit at hand is no longer the one that the fleet had. */
  get hasGoneOn(): boolean {
    return !isSameEpoch(this.#view.epoch, this.left ?? { epoch: 0 });
  }

  /** A ruling by hand has been made meanwhile. */
  noteRuling(by: Ruling): void {
    this.#ruled = { by, epoch: this.#view.epoch };
  }

  /** The ruling that was made meanwhile and still is in force. */
  get rulingInForce(): Ruling | undefined {
    return this.#ruled !== undefined && isSameEpoch(this.#ruled.epoch, this.#view.epoch) ? this.#ruled.by : undefined;
  }

  get hasJustEnded(): boolean {
    return this.#endedAt !== undefined && this.#host.settings.clock.now() - this.#endedAt < 2 * LONGEST_RETRY_MS;
  }

  end(): void {
    this.#endedAt = this.#host.settings.clock.now();
    this.#retry.cancel();
    this.access.abandon();
  }

  #retryLater(): void {
    this.#retry.set(this.#retryMs * (1 - SPREAD * this.#view.random()));
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }
}
