import type { CircuitStorage } from '@breaker/core';
import { assert } from './assertions.js';
import { eventually } from './waiting.js';

/** A storage that can push. */
export type PushingStorage = CircuitStorage & Required<Pick<CircuitStorage, 'subscribe'>>;

/** Takes down what a subscription is told. */
export class Subscription {
  /** The records that were pushed. */
  readonly records: unknown[] = [];
  /** How often it was told anything. */
  heard = 0;
  isCalledTooEarly = false;
  readonly end: () => void;
  #isToldToRead = false;

  constructor(storage: PushingStorage, name: string, onRecord?: (record: unknown) => void) {
    let hasReturned = false;
    this.end = storage.subscribe(name, (...pushed) => {
      if (!hasReturned) this.isCalledTooEarly = true;
      this.heard++;
      const [record] = pushed;
      if (record === undefined) {
        this.#isToldToRead = true;
        return;
      }
      this.records.push(JSON.parse(JSON.stringify(record)));
      onRecord?.(record);
    });
    hasReturned = true;
  }

  /** Every subscription is first told to read. */
  async untilToldToRead(): Promise<void> {
    assert(await eventually(() => this.#isToldToRead), 'a subscription must be told to read first, but is not');
  }

  /** Waits until it is told more than it had been. */
  async untilToldMoreThan(heard: number): Promise<void> {
    assert(await eventually(() => this.heard > heard), 'a subscription must be told of what was written, but is not');
  }
}
