import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { CircuitStorage } from '../storage/circuit-storage.js';
import { teach } from './change/teach.js';
import { inOneWrite } from './change/write.js';
import { Eras } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import { Following } from './following.js';
import { Outage } from './outage.js';
import type { Proposal, Proposer } from './proposal.js';
import { readHint } from './read-record.js';
import { reconcile } from './reconcile.js';
import { type FleetRecord, isNewer } from './record.js';
import type { Rulings } from './rulings.js';
import { SerialWork } from './serial-work.js';
import { type Answer, StorageAccess } from './storage-access.js';
import { termsOfCommit } from './terms-of-commit.js';
import type { View } from './view.js';

const MOST_READS_IN_A_ROW = 16;

/** Keeps the view and the storage in step, one operation at a time. While the storage is out of reach, this process goes on alone. */
export class Synchronizer {
  /** Sees to what waits to be committed, or read. */
  readonly work: SerialWork;
  readonly following: Following;
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #proposers: readonly Proposer[];
  readonly #rulings: Rulings;
  readonly #eras: Eras;
  readonly #access: StorageAccess;
  readonly #outage: Outage;
  #isReading = false;
  #wantsRead = false;
  #readsInARow = 0;
  /** What the storage has forgotten and shall be taught. */
  #lesson: FleetRecord | undefined = undefined;
  /** Whether only what is pending is sent. */
  isEnding = false;

  constructor(host: FleetHost, view: View, proposers: readonly Proposer[], rulings: Rulings) {
    this.#host = host;
    this.#view = view;
    this.#proposers = [...proposers, rulings];
    this.#rulings = rulings;
    this.following = new Following(
      host,
      view,
      () => this.read(),
      (record) => this.#hear(record),
    );
    this.#eras = new Eras(view.random);
    this.#access = new StorageAccess(host);
    this.work = new SerialWork(
      () => this.#next(),
      (error) => {
        host.report(error, 'storage');
        host.deliver();
      },
    );
    const work = () => this.work.begin();
    this.#outage = new Outage(host, view, () => this.#askAgain(), work);
  }

  get isDegraded(): boolean {
    return this.#outage.isOn;
  }

  /** Whether the circuit at hand is one of this process alone. */
  get isAlone(): boolean {
    return this.#outage.isOn && this.#view.hasGoneOn;
  }

  /** Asks what is stored. */
  read(): void {
    if (this.isEnding || this.isDegraded) return;
    this.#wantsRead = true;
    this.work.begin();
  }

  /** Takes a hint of what was written. */
  #hear(pushed: unknown): void {
    if (this.isEnding || this.isDegraded) return;
    const record = readHint(pushed);
    const { isKnown, record: known } = this.#view;
    if (record === undefined) this.read();
    else if (isKnown && (known === undefined || isNewer(record, known))) this.#adopt(record);
  }

  /** Follows the storage no more: from now on only what is pending is sent. */
  stopFollowing(): void {
    this.isEnding = true;
    this.#wantsRead = false;
    if (this.#isReading) this.#access.abandon();
    this.following.stop();
  }

  /** Lets go of the storage: what it may still answer is not heard any more. */
  close(): void {
    this.#access.abandon();
    if (this.isDegraded) this.#outage.end();
  }

  /** Begins the next operation; `undefined` where there is none. */
  #next(): Promise<void> | undefined {
    const { comeback } = this.#outage;
    if (comeback !== undefined) this.#recover(comeback);
    if (this.#wantsRead && !this.#view.isKnown) return this.#read();
    const lesson = this.#lesson;
    const era = this.#eras.forCommit();
    const proposals = this.#proposers.flatMap((proposer) => proposer.take(era));
    this.#lesson = undefined;
    if (lesson !== undefined) return this.#commit([{ change: teach(lesson) }, ...proposals], true);
    if (proposals.length > 0) return this.#commit(proposals, false);
    // A storage that hints at each read must not keep the process busy: the next poll will do.
    if (this.#wantsRead && this.#readsInARow < MOST_READS_IN_A_ROW) return this.#read();
    this.#wantsRead = false;
    this.#readsInARow = 0;
    return undefined;
  }

  async #read(): Promise<void> {
    const { record: askedWith } = this.#view;
    this.#wantsRead = false;
    this.#readsInARow++;
    this.#isReading = true;
    const answer = await this.#access.read().catch((error: CircuitStorageError) => error);
    this.#isReading = false;
    if (answer instanceof CircuitStorageError) this.#degrade(answer);
    else this.#takeIn(answer, this.#view.record, this.#view.record !== askedWith);
  }

  /** @param isTaught - whether it was just taught: a storage that does not learn is not taught again before the next poll */
  async #commit(proposals: readonly Proposal[], isTaught: boolean): Promise<void> {
    const { record: askedWith } = this.#view;
    const storage = this.isDegraded ? this.#outage : this.#host.settings.storage;
    const answer = await this.#write(proposals, storage).catch((error: CircuitStorageError) => error);
    if (answer instanceof CircuitStorageError) {
      // What was in flight is dropped rather than counted twice.
      this.#degrade(answer);
      for (const proposal of proposals) proposal.failed?.(answer);
    } else {
      this.#takeIn(answer, this.#view.record, this.#view.record !== askedWith, isTaught);
      for (const proposal of proposals) proposal.committed?.();
    }
  }

  #write(proposals: readonly Proposal[], storage: Pick<CircuitStorage, 'update'>): Promise<Answer> {
    const changes = proposals.map(({ change }) => change);
    const terms = termsOfCommit(this.#host.settings, this.#view, this.#host);
    return this.#access.update(inOneWrite(changes, terms), storage);
  }

  /**
   * @param known - what this process knows of the storage
   * @param hasMoved - whether that has changed since it was asked
   */
  #takeIn({ record, now }: Answer, known: FleetRecord | undefined, hasMoved = false, isTaught = false): void {
    this.#view.setStorageTime(now);
    switch (reconcile(known, record, hasMoved, now)) {
      case 'adopt':
        this.#adopt(record);
        break;
      case 'ask-again':
        this.#wantsRead = true;
        break;
      case 'teach':
        this.#adopt(known);
        if (!isTaught) this.#lesson = known;
    }
    this.following.rest();
  }

  /** Changes the view, and keeps everything in step that goes by it. */
  #adopt(record: FleetRecord | undefined): void {
    const { record: before } = this.#view;
    this.#host.changeView(() => {
      const hasNewEpoch = this.#view.adopt(record);
      if (hasNewEpoch) this.#host.startAnew();
      for (const proposer of this.#proposers) proposer.viewChanged?.(before, hasNewEpoch);
    }, this.#eras.takeReason(record?.era));
    this.following.pace();
  }

  #degrade(error: CircuitStorageError): void {
    if (this.isEnding || this.isDegraded) return;
    this.#outage.begin();
    this.#wantsRead = false;
    this.following.pause();
    this.#changeStorage(error);
  }

  /** The storage is another one now. */
  #changeStorage(lost: CircuitStorageError | undefined): void {
    for (const proposer of this.#proposers) proposer.storageChanged?.(lost);
    if (lost !== undefined && !this.#view.isKnown) this.#adopt(undefined);
    this.#host.storageChanged(lost);
  }

  /** Asks the storage that is out of reach. */
  async #askAgain(): Promise<Answer> {
    const proposals = this.#rulings.takeMadeAlone(this.#eras.forCommit());
    if (proposals.length === 0) return this.#access.read();
    const answer = await this.#write(proposals, this.#host.settings.storage);
    for (const proposal of proposals) proposal.committed?.();
    return answer;
  }

  /** The storage is back. What it may be taught is what was known before it went; what happened alone counts for nothing. */
  #recover(answer: Answer): void {
    const { left } = this.#view;
    this.#outage.end();
    if (!this.isEnding) this.following.resume();
    this.#changeStorage(undefined);
    this.#takeIn(answer, left);
  }
}
