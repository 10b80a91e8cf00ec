import type { Clock } from '../clock.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { Timer } from '../timer.js';
import type { PendingRuling } from './commit.js';
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
  readonly #clock: Clock;
  readonly #random: () => number;
  #retryMs = FIRST_RETRY_MS;
  #timer: Timer | undefined = undefined;
  #ruled: { readonly by: PendingRuling['ruling']; readonly epoch: EpochId } | undefined = undefined;

  constructor(name: string, view: View, clock: Clock, timeoutMs: () => number) {
    this.left = view.record;
    this.#clock = clock;
    this.#random = view.random;
    const storage = new MemoryStorage({
      clock: {
        now: () => view.storageTime(),
        setTimeout: (run, ms) => clock.setTimeout(run, ms),
        clearTimeout: (handle) => clock.clearTimeout(handle),
      },
    });
    void storage.update(name, () => this.left);
    this.access = new StorageAccess(name, storage, clock, timeoutMs);
  }

  /** Tries again later, each time after a longer while. */
  retryLater(tryAgain: () => void): void {
    this.#timer = new Timer(this.#clock, tryAgain, this.#retryMs * (1 - SPREAD * this.#random()));
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }

  /** A ruling by hand has been made meanwhile, and began this epoch. */
  noteRuling(by: PendingRuling['ruling'], epoch: EpochId): void {
    this.#ruled = { by, epoch };
  }

  /** The ruling whose state still lasts. */
  rulingInForce(epoch: EpochId): PendingRuling['ruling'] | undefined {
    return this.#ruled !== undefined && isSameEpoch(this.#ruled.epoch, epoch) ? this.#ruled.by : undefined;
  }

  end(): void {
    this.#timer?.cancel();
    this.access.abandon();
  }
}
