import type { Clock, StoredRecord } from '@breaker/core';
import { storageFault } from './storage-fault.js';

/** Looks and asks at once; what it gives writes, and tells what is stored. */
export type Operation = () => () => StoredRecord;

type Outage =
  | { readonly kind: 'fail'; readonly error: unknown }
  | { readonly kind: 'hang' | 'lose-replies' }
  | undefined;

/** What goes wrong with the reads and updates of a link. */
export class OperationFaults {
  delayMs = 0;
  racesToLose = 0;
  readonly #clock: Clock;
  #outage: Outage;
  #hanging: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  fail(error: unknown): void {
    this.#outage = { kind: 'fail', error };
  }

  hang(): void {
    this.#outage = { kind: 'hang' };
  }

  loseReplies(): void {
    this.#outage = { kind: 'lose-replies' };
  }

  heal(): void {
    this.delayMs = 0;
    this.racesToLose = 0;
    this.#outage = undefined;
    const hanging = this.#hanging;
    this.#hanging = [];
    for (const goOn of hanging) goOn();
  }

  /** Takes an operation to where it takes place, and its answer back. */
  async carry(operation: Operation): Promise<StoredRecord> {
    const oneWayMs = this.delayMs / 2;
    if (oneWayMs === 0) return this.#takePlace(operation);
    await this.#pass(oneWayMs);
    try {
      return await this.#takePlace(operation);
    } finally {
      await this.#pass(oneWayMs);
    }
  }

  #takePlace(operation: Operation): StoredRecord | Promise<StoredRecord> {
    switch (this.#outage?.kind) {
      case undefined:
        return operation()();
      case 'fail':
        throw this.#outage.error;
      case 'hang':
        return this.#hang(operation);
      case 'lose-replies':
        operation()();
        throw storageFault('The reply was lost', { reason: 'timeout', mayHaveBeenApplied: true });
    }
  }

  #hang(operation: Operation): Promise<StoredRecord> {
    const finish = attempt(operation);
    return new Promise((resolve, reject) => {
      this.#hanging.push(() => {
        try {
          resolve(finish());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  #pass(ms: number): Promise<void> {
    return new Promise((resolve) => void this.#clock.setTimeout(resolve, ms));
  }
}

/** What the operation throws is thrown when it is finished. */
function attempt(operation: Operation): () => StoredRecord {
  try {
    return operation();
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
