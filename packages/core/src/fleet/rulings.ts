import type { Ruling } from '../circuit/event.js';
import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import { force } from './change/force.js';
import type { NameEra } from './eras.js';
import type { Proposal, Proposer } from './proposal.js';
import { type EpochId, isSameEpoch } from './record.js';
import type { View } from './view.js';

interface PendingRuling {
  readonly ruling: Ruling;
  committed?(): void;
  failed?(error: CircuitStorageError): void;
}

/** A ruling that was made while the storage was out of reach, and the epoch that it led to. */
interface MadeAlone {
  readonly ruling: Ruling;
  readonly epoch: EpochId;
}

/** Rulings by hand that wait to be committed. */
export class Rulings implements Proposer {
  readonly #view: View;
  #pending: PendingRuling[] = [];
  #isAlone = false;
  #madeAlone: MadeAlone | undefined = undefined;

  constructor(view: View) {
    this.#view = view;
  }

  add(pending: PendingRuling): void {
    this.#pending.push(pending);
  }

  take(era: NameEra): readonly Proposal[] {
    return this.#pending.splice(0).map((pending) => ({
      ...pending,
      change: force(pending.ruling, era('manual')),
      committed: () => {
        if (this.#isAlone) this.#madeAlone = { ruling: pending.ruling, epoch: this.#view.epoch };
        pending.committed?.();
      },
    }));
  }

  /** The ruling that was made alone and still is in force: a storage that is back must hear of it, lest it lapse for a moment. */
  takeMadeAlone(era: NameEra): readonly Proposal[] {
    const made = this.#inForce;
    if (made === undefined) return [];
    const committed = () => {
      if (this.#madeAlone === made) this.#madeAlone = undefined;
    };
    return [{ change: force(made.ruling, era('manual')), committed }];
  }

  /** Those that wait when the storage is lost were not made; those of later are made alone, and again when it is back. */
  storageChanged(lost: CircuitStorageError | undefined): void {
    const made = this.#inForce;
    this.#isAlone = lost !== undefined;
    this.#madeAlone = undefined;
    if (lost === undefined) {
      if (made !== undefined) this.add({ ruling: made.ruling });
      return;
    }
    const { circuit, reason, cause } = lost;
    const error = new CircuitStorageError(circuit, { reason, mayHaveBeenApplied: false, cause });
    for (const pending of this.#pending.splice(0)) pending.failed?.(error);
  }

  /** Whether there is one that the storage has not heard of. */
  get hasMadeAlone(): boolean {
    return this.#inForce !== undefined;
  }

  get #inForce(): MadeAlone | undefined {
    const made = this.#madeAlone;
    return made !== undefined && isSameEpoch(made.epoch, this.#view.epoch) ? made : undefined;
  }
}
