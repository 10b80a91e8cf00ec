import type { Circuit } from '../circuit/circuit.js';
import { holdsLease } from '../circuit/half-open.js';
import { localCircuit, longestDelayMs } from './local-circuit.js';
import { type EpochId, type FleetRecord, isSameEpoch } from './record.js';

const FIRST_EPOCH: EpochId = { epoch: 0 };

/** What this process knows of the fleet's circuit. */
export class View {
  /** As it was stored, in the storage's time; `undefined` where there is none. */
  record: FleetRecord | undefined = undefined;
  /** While the storage is out of reach: what it held when it went. Nothing of what happens since is ever taught. */
  left: FleetRecord | undefined = undefined;
  /** The fleet's circuit by this process's clock; `undefined` where it is closed, as far as this process knows. */
  circuit: Circuit | undefined = undefined;
  /** Whether the storage has ever answered, or turned out to be out of reach. */
  isKnown = false;
  #onKnown!: () => void;
  readonly whenKnown = new Promise<void>((resolve) => {
    this.#onKnown = resolve;
  });
  /** Grows when a new epoch begins: outcomes of calls admitted before count for nothing. */
  generation = 0;
  /** The highest epoch ever seen. */
  highestEpoch = 0;
  /** By how much the storage's clock is ahead of this process's. */
  #aheadMs = 0;
  #delayMs = 0;

  constructor(
    readonly now: () => number,
    readonly random: () => number,
  ) {}

  /** The epoch in which outcomes are reported. */
  get epoch(): EpochId {
    return this.record ?? FIRST_EPOCH;
  }

  /** Whether the circuit at hand is no longer the one that a storage out of reach had when it went. */
  get hasGoneOn(): boolean {
    return !isSameEpoch(this.epoch, this.left ?? FIRST_EPOCH);
  }

  /** What the storage's clock says now: never more, as far as its answers tell. */
  storageTime(): number {
    return this.now() + this.#aheadMs;
  }

  /** Takes note of what the storage's clock just said. */
  setStorageTime(storageTime: number): void {
    const aheadMs = storageTime - this.now();
    // A clock that once gave NaN must not take the time away for ever.
    if (Number.isFinite(aheadMs)) this.#aheadMs = aheadMs;
  }

  /** Takes over a record, or that there is none; says whether a new epoch begins with it. */
  adopt(record: FleetRecord | undefined): boolean {
    const { record: before } = this;
    this.isKnown = true;
    this.#onKnown();
    this.record = record;
    // A record that is merely missing, or that another process began anew then, is no new epoch: what this one has seen still counts.
    const begins = record?.era !== undefined && !isSameEpoch(record, before ?? FIRST_EPOCH);
    if (begins) {
      this.generation++;
      this.#delayMs = this.random() * longestDelayMs(record);
    }
    if (record !== undefined) this.highestEpoch = Math.max(this.highestEpoch, record.epoch);
    const isClosed = record === undefined || record.state === 'closed';
    this.circuit = isClosed ? undefined : localCircuit(record, this.now(), this.#aheadMs, this.#delayMs);
    return begins;
  }

  /** Whether a trial's lease is still in the record. */
  holds(leaseId: string): boolean {
    return isHeld(this.record, leaseId);
  }
}

/** Whether a record has a trial's lease. */
export function isHeld(record: FleetRecord | undefined, leaseId: string): boolean {
  return record?.state === 'half-open' && holdsLease(record, leaseId);
}
