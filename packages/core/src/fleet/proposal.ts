import type { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { Change } from './change/change.js';
import type { NameEra } from './eras.js';
import type { FleetRecord } from './record.js';

/** A change that waits to be committed: it goes to the storage together with others, in one write. */
export interface Proposal {
  readonly change: Change;
  /** It has been committed, and the view shows it. */
  committed?(): void;
  /** It may have been committed, or not. */
  failed?(error: CircuitStorageError): void;
}

/** A part of the fleet's circuit that has something to commit now and then. */
export interface Proposer {
  /** What waits to be committed, once. */
  take(era: NameEra): readonly Proposal[];
  /** The view has changed. */
  viewChanged?(before: FleetRecord | undefined, hasNewEpoch: boolean): void;
  /**
   * The storage is another one now, which may not know what the last one was told.
   *
   * @param lost - why this process goes on alone; `undefined` where the fleet's is back
   */
  storageChanged?(lost: CircuitStorageError | undefined): void;
}
