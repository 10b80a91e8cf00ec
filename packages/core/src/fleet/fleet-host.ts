import type { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { StateChangeReason } from '../listener/breaker-event.js';
import type { FaultReporter } from '../open-for.js';
import type { SharedSettings } from '../settings.js';

/** What the fleet's circuit needs of the breaker that it belongs to. */
export interface FleetHost extends FaultReporter {
  readonly name: string;
  readonly settings: SharedSettings;
  /** How many calls were asked for so far: by that it is seen whether the breaker is in use. */
  readonly callsSoFar: number;
  /**
   * Lets the view change, and tells the listeners what has changed with it. Where a new epoch has begun, this process's own circuit
   * starts anew.
   *
   * @param change - says whether one has
   * @param reason - why this process made the change; `undefined` where another one did
   */
  changeView(change: () => boolean, reason: StateChangeReason | undefined): void;
  /** Tells the listeners what waits for them. */
  deliver(): void;
  /** The storage is out of reach, and why; `undefined`: it is back. */
  storageChanged(lost: CircuitStorageError | undefined): void;
  /** The breaker has not been used for long; its next use must be noticed. */
  fallAsleep(): void;
}
