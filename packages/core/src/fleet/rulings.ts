import type { Ruling } from '../circuit/event.js';
import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import { force } from './change/force.js';
import type { NameEra } from './eras.js';
import type { Proposal, Proposer } from './proposal.js';

interface PendingRuling {
  readonly ruling: Ruling;
  committed?(): void;
  failed?(error: CircuitStorageError): void;
}

/** Rulings by hand that wait to be committed. */
export class Rulings implements Proposer {
  #pending: PendingRuling[] = [];

  add(pending: PendingRuling): void {
    this.#pending.push(pending);
  }

  take(era: NameEra): readonly Proposal[] {
    return this.#pending.splice(0).map((pending) => ({ ...pending, change: force(pending.ruling, era('manual')) }));
  }

  /** Those that wait when the storage is lost were not made; those of later are made alone. */
  storageChanged(lost: CircuitStorageError | undefined): void {
    if (lost === undefined) return;
    const { circuit, reason, cause } = lost;
    const error = new CircuitStorageError(circuit, { reason, mayHaveBeenApplied: false, cause });
    for (const pending of this.#pending.splice(0)) pending.failed?.(error);
  }
}
