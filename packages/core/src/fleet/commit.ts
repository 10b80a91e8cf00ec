import type { Ruling } from '../circuit/event.js';
import type { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { Change } from './change/change.js';

/** A change that goes to the storage together with others, and who hears what came of it. */
export interface Proposal {
  readonly change: Change;
  /** Where it rules by hand. */
  readonly ruling?: Ruling;
  /**
   * It has been committed, and the view shows it.
   *
   * @param openedHearing - when the hearing ends that the commit has opened; `undefined` where it opened none
   */
  committed?(openedHearing: number | undefined): void;
  /** It may have been committed, or not. */
  failed?(error: CircuitStorageError): void;
}
