import type { CircuitListener, CircuitState, StateChangeEvent } from '@breaker/core';
import { machineTime } from './machine-time.js';

/** A change of the fleet's circuit, as one process has shown it. */
export interface ShownChange {
  readonly to: CircuitState;
  readonly isOwn: boolean;
  /** By `machineTime()`. */
  readonly shownAt: number;
  /** When this process has last sent a commit: that of this change, where it is its own. */
  readonly sentAt: number;
}

/** Remembers when this process showed what has become of the fleet's circuit. */
export class FleetChanges implements CircuitListener {
  #last: ShownChange | undefined = undefined;
  #onChange: () => void = () => undefined;

  /** @param sentAt - when this process has last sent a commit */
  constructor(readonly sentAt: () => number) {}

  onStateChange = ({ to, scope, origin }: StateChangeEvent): void => {
    if (scope !== 'fleet') return;
    this.#last = { to, isOwn: origin === 'local', shownAt: machineTime(), sentAt: this.sentAt() };
    this.#onChange();
  };

  /** Settles with the last change, when that was to the given state. */
  async untilShown(state: CircuitState): Promise<ShownChange> {
    while (this.#last?.to !== state) {
      await new Promise<void>((resolve) => {
        this.#onChange = resolve;
      });
    }
    return this.#last;
  }
}
