import type { Ruling } from '../circuit/event.js';
import { type Clock, systemClock } from '../clock.js';
import type { CircuitRecord } from '../storage/circuit-storage.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { Timer } from '../timer.js';
import { type EpochId, type FleetRecord, isSameEpoch } from './record.js';
import { StorageAccess } from './storage-access.js';
import type { View } from './view.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;
/** Retries are spread, up to so much earlier than they must be. */
const SPREAD = 0.2;

/**
 * The time in which the storage is out of reach: this process goes on alone, by the same rules, with a private storage in memory that
 * begins with the view.
 */
export class Outage {
  /** What this process knew when it lost the storage; nothing of what happens since is ever taught. */
  readonly left: FleetRecord | undefined;
  readonly access: StorageAccess;
  readonly #view: View;
  readonly #clock: Clock;
  #retryMs: number;
  #endedAt = Number.NEGATIVE_INFINITY;
  #timer: Timer | undefined = undefined;
  #ruled: { readonly by: Ruling; readonly epoch: EpochId } | undefined = undefined;

  /** @param last - the last one: a storage that goes again soon after it came back was hardly there */
  constructor(name: string, view: View, clock: Clock, timeoutMs: () => number, last?: Outage) {
    this.#retryMs = last?.hasJustEnded(clock.now()) ? last.#retryMs : FIRST_RETRY_MS;
    this.left = view.record;
    this.#view = view;
    this.#clock = clock;
    const storage = new MemoryStorage({ clock: { ...systemClock, now: () => view.storageTime() } });
    // What is no JSON cannot be kept: then it begins closed.
    storage.update(name, () => this.left as CircuitRecord | undefined).catch(() => undefined);
    this.access = new StorageAccess(name, storage, clock, timeoutMs);
  }

  /** Tries again later, each time after a longer while. */
  retryLater(tryAgain: () => void): void {
    this.#timer = new Timer(this.#clock, tryAgain, this.#retryMs * (1 - SPREAD * this.#view.random()));
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
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

  hasJustEnded(now: number): boolean {
    return now - this.#endedAt < 2 * LONGEST_RETRY_MS;
  }

  end(): void {
    this.#endedAt = this.#clock.now();
    this.#timer?.cancel();
    this.access.abandon();
  }
}
