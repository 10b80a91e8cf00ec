import type { CircuitStorage, Clock, RecordChange, StoredRecord } from '@breaker/core';
import { checkClock, checkCount, checkDurationMs, checkFinite, checkObject } from '../check.js';
import { OperationFaults } from './operation-faults.js';
import { PushFaults } from './push-faults.js';
import { type FakeStorageCounts, RecordServer, type Subscriber } from './record-server.js';
import { storageFault } from './storage-fault.js';

/** The options of a `FakeStorage`. */
export interface FakeStorageOptions {
  /** The clock of the breakers, which is the storage's, too. */
  readonly clock: Clock;
}

/**
 * A shared storage in memory, with faults on demand; several breakers on one are a fleet. Without faults it answers by
 * promises alone.
 *
 * A fault lasts until `heal()`, and harms this link only. It meets an operation when that takes place, and a push when it is
 * sent. Of `fail`, `hang` and `loseReplies` the last one asked for counts; all others add up.
 */
export class FakeStorage implements CircuitStorage {
  readonly #clock: Clock;
  #server: RecordServer;
  readonly #operations: OperationFaults;
  readonly #pushes: PushFaults;

  /** @throws TypeError that names the option, its value and what was expected */
  constructor(options: FakeStorageOptions) {
    checkObject('options', options, 'an object with a clock');
    checkClock('clock', options.clock);
    this.#clock = options.clock;
    this.#server = new RecordServer(this.#clock);
    this.#operations = new OperationFaults(this.#clock);
    this.#pushes = new PushFaults(this.#clock);
  }

  /** Another process's way to the same data, with faults of its own. */
  link(): FakeStorage {
    const link = new FakeStorage({ clock: this.#clock });
    link.#server = this.#server;
    return link;
  }

  async read(name: string): Promise<StoredRecord> {
    this.#server.counts.reads++;
    return this.#operations.carry(() => () => this.#server.look(name));
  }

  async update(name: string, change: RecordChange): Promise<StoredRecord> {
    this.#server.counts.updates++;
    return this.#operations.carry(() => this.#server.prepare(name, change, this.#operations.racesToLose));
  }

  subscribe(name: string, onPush: (record?: unknown) => void): () => void {
    const deliver = (push: () => void) =>
      this.#pushes.carry(() => {
        if (this.#server.isSubscribed(name, subscriber)) push();
      });
    const subscriber: Subscriber = (json) =>
      deliver(() => {
        this.#server.counts.pushes++;
        onPush(JSON.parse(json));
      });
    const unsubscribe = this.#server.subscribe(name, subscriber);
    deliver(() => onPush());
    return unsubscribe;
  }

  /** Rejects every operation; nothing is applied. Default: an error that says that the storage is unavailable. */
  fail(error: unknown = storageFault('The storage fails', { reason: 'unavailable', mayHaveBeenApplied: false })): void {
    this.#operations.fail(error);
  }

  /**
   * Answers nothing until `heal()`. An update's `change` is asked at once; what it gave is written at `heal()`, where nothing
   * else was meanwhile, and else rejected as a lost race.
   */
  hang(): void {
    this.#operations.hang();
  }

  /** Lets every operation take place after half of the time, and answers it after all of it: milliseconds, at least 0. */
  delay(ms: number): void {
    checkDurationMs('ms', ms);
    this.#operations.delayMs = ms;
  }

  /** Applies every operation, and then rejects it all the same. */
  loseReplies(): void {
    this.#operations.loseReplies();
  }

  /** Lets every update that would write lose so many races first, an integer of at least 1: `change` is asked anew. */
  conflict(times: number): void {
    checkCount('times', times);
    this.#operations.racesToLose = times;
  }

  /** Loses every push, and tells nobody. */
  dropPushes(): void {
    this.#pushes.isDropping = true;
  }

  /** Delivers every push twice. */
  duplicatePushes(): void {
    this.#pushes.isDuplicating = true;
  }

  /** Delivers every push so much later: milliseconds, at least 0. */
  delayPushes(ms: number): void {
    checkDurationMs('ms', ms);
    this.#pushes.delayMs = ms;
  }

  /** Ends the faults of this link. What hangs is answered; what is delayed comes when it was to come. */
  heal(): void {
    this.#operations.heal();
    this.#pushes.heal();
  }

  /** Forgets a record, or all of them. */
  forget(name?: string): void {
    this.#server.forget(name);
  }

  /** Sets the storage's clock forward, or back: milliseconds. */
  stepClock(ms: number): void {
    checkFinite('ms', ms);
    this.#server.stepClock(ms);
  }

  /** Replaces a record with anything that JSON can hold. */
  corrupt(name: string, record: unknown): void {
    this.#server.put(name, record);
  }

  /** A copy of what is stored, or `undefined`. */
  record(name: string): unknown {
    return this.#server.look(name).record;
  }

  /** Totals of all links. */
  get counts(): FakeStorageCounts {
    return { ...this.#server.counts };
  }

  /** How many subscriptions a name has, over all links. */
  subscribers(name: string): number {
    return this.#server.subscribers(name);
  }
}
