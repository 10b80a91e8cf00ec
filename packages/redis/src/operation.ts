import type { StoredRecord } from '@breaker/core';
import { Deadline } from './deadline.js';
import { deferred } from './deferred.js';
import { RedisStorageError } from './redis-storage-error.js';
import type { Setback } from './setback.js';

/** What was lost before it was written is tried again so many times. */
const RETRIES = 2;
/** An answer to EXEC that is out when time is up is waited for a little longer: it tells what it was all about. */
const SHARE_OF_GRACE = 4;
/** A Cluster that sends us from one server to another is followed so many times. */
const REDIRECTIONS = 5;

/** What the storage was asked for. Ends in time, whatever the server does. */
export class Operation {
  isSettled = false;
  /** Whether what was sent may be written, and the answer is still out. */
  isInDoubt = false;
  /** The server to be asked next, where the Cluster has named one for this record alone. */
  askAt: string | undefined = undefined;
  /** Whether it is to be tried by itself: its record may lie on another server than those of its group. */
  isAlone = false;
  #deadline: Deadline;
  #hasLostRace = false;
  #isLate = false;
  readonly #outcome = deferred<StoredRecord>();
  #losses = 0;
  #redirections = 0;

  constructor(readonly timeoutMs: number) {
    this.#deadline = new Deadline(timeoutMs, () => this.#runLate());
  }

  get result(): Promise<StoredRecord> {
    return this.#outcome.promise;
  }

  resolve(stored: StoredRecord): void {
    if (this.#end()) this.#outcome.resolve(stored);
  }

  reject(error: unknown): void {
    if (this.#end()) this.#outcome.reject(error);
  }

  /** What it waits for has moved on: time spent behind others does not count, as long as they come through. */
  waitAnew(): void {
    if (this.isSettled || this.#hasLostRace) return;
    this.#deadline.cancel();
    this.#deadline = new Deadline(this.timeoutMs, () => this.#runLate());
  }

  /** Another one has written in between. */
  loseRace(): void {
    this.#hasLostRace = true;
    this.isInDoubt = false;
    if (this.#isLate) this.#timeOut();
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
    if (kind === 'ask' || kind === 'split') this.isAlone = true;
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

  #runLate(): void {
    this.#isLate = true;
    if (!this.isInDoubt) this.#timeOut();
    else this.#deadline = new Deadline(this.timeoutMs / SHARE_OF_GRACE, () => this.#timeOut());
  }

  #timeOut(): void {
    const { isInDoubt: mayHaveBeenApplied, timeoutMs } = this;
    const isConflict = this.#hasLostRace && !mayHaveBeenApplied;
    const message = isConflict
      ? `Others wrote in between for ${timeoutMs} ms`
      : `Redis did not answer in ${timeoutMs} ms`;
    this.reject(new RedisStorageError(message, { reason: isConflict ? 'conflict' : 'timeout', mayHaveBeenApplied }));
  }
}
