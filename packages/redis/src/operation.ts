import type { StoredRecord } from '@breaker/core';
import { Deadline } from './deadline.js';
import { RedisStorageError } from './redis-storage-error.js';
import type { Setback } from './setback.js';

/** What was lost before it was written is tried again so many times. */
const RETRIES = 2;
/** A Cluster that sends us from one server to another is followed so many times. */
const REDIRECTIONS = 5;

/** What the storage was asked for. Ends in time, whatever the server does. */
export class Operation {
  readonly result: Promise<StoredRecord>;
  isSettled = false;
  /** Whether what was sent may be written, and the answer is still out. */
  isInDoubt = false;
  hasLostRace = false;
  /** The server to be asked next, where the Cluster has named one for this record alone. */
  askAt: string | undefined = undefined;
  /** Whether it is to be tried by itself: its record may lie on another server than those of its group. */
  isAlone = false;
  readonly #deadline: Deadline;
  #settle: { resolve(stored: StoredRecord): void; reject(error: unknown): void } = IGNORE;
  #losses = 0;
  #redirections = 0;

  constructor(timeoutMs: number) {
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#deadline = new Deadline(timeoutMs, () => this.reject(this.#timeOut(timeoutMs)));
  }

  resolve(stored: StoredRecord): void {
    if (this.#end()) this.#settle.resolve(stored);
  }

  reject(error: unknown): void {
    if (this.#end()) this.#settle.reject(error);
  }

  /**
   * Says whether it may be tried again after a setback, and makes it ready for that; else it is rejected.
   *
   * @param wasAlone - whether it was tried by itself
   */
  survives(setback: Setback, wasAlone: boolean): boolean {
    if (this.isSettled) return false;
    this.isInDoubt = false;
    const { kind, address } = setback;
    this.isAlone = kind === 'ask' || kind === 'split';
    this.askAt = kind === 'ask' && wasAlone ? address : undefined;
    const survives = !setback.mayHaveBeenApplied && this.#mayTryAgainAfter(setback);
    if (!survives) this.reject(setback.toError());
    return survives;
  }

  #mayTryAgainAfter({ kind }: Setback): boolean {
    if (kind === 'lost') return ++this.#losses <= RETRIES;
    return kind !== 'refused' && ++this.#redirections <= REDIRECTIONS;
  }

  #end(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    this.#deadline.cancel();
    return true;
  }

  #timeOut(timeoutMs: number): RedisStorageError {
    const { isInDoubt: mayHaveBeenApplied, hasLostRace } = this;
    return hasLostRace && !mayHaveBeenApplied
      ? new RedisStorageError(`Others wrote in between for ${timeoutMs} ms`, { reason: 'conflict', mayHaveBeenApplied })
      : new RedisStorageError(`Redis did not answer in ${timeoutMs} ms`, { reason: 'timeout', mayHaveBeenApplied });
  }
}

const IGNORE = { resolve: () => {}, reject: () => {} };
