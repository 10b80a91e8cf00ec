import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { CircuitStorage } from '../storage/circuit-storage.js';
import { teach } from './change/teach.js';
import { inOneWrite } from './change/write.js';
import { Eras } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import { type Follower, Following } from './following.js';
import { Outage } from './outage.js';
import type { Proposal, Proposer } from './proposal.js';
import { readHint } from './read-record.js';
import { reconcile } from './reconcile.js';
import { type FleetRecord, isNewer } from './record.js';
import { Rulings } from './rulings.js';
import { SerialWork } from './serial-work.js';
import { type Answer, StorageAccess } from './storage-access.js';
import { termsOfCommit } from './terms-of-commit.js';
import type { View } from './view.js';

const MOST_READS_IN_A_ROW = 16;

/** Keeps the view and the storage in step, one operation at a time. While the storage is out of reach, this process goes on alone. */
export class Synchronizer implements Follower {
  /** Sees to what waits to be committed, or read. */
  readonly work: SerialWork;
  readonly following: Following;
  readonly rulings: Rulings;
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #proposers: readonly Proposer[];
  readonly #eras: Eras;
  readonly #access: StorageAccess;
  readonly #outage: Outage;
  /** Whether what is under way is a read. */
  #isReading = false;
  /** Whether it teaches: a storage that does not learn is not taught again before the next poll. */
  #isTeaching = false;
  /** Whether the view has changed since it began. */
  #hasMoved = false;
  #wantsRead = false;
  #readsInARow = 0;
  /** What the storage has forgotten and shall be taught. */
  #lesson: FleetRecord | undefined = undefined;
  /** Whether only what is pending is sent. */
  isEnding = false;

  constructor(host: FleetHost, view: View, proposers: readonly Proposer[]) {
    this.#host = host;
    this.#view = view;
    this.rulings = new Rulings(view);
    // A ruling has the last word.
    this.#proposers = [...proposers, this.rulings];
    this.following = new Following(host, view, this);
    this.#eras = new Eras(view.random);
    this.#access = new StorageAccess(host);
    this.work = new SerialWork(
      () => this.#next(),
      (error) => {
        host.report(error, 'storage');
        host.deliver();
      },
    );
    this.#outage = new Outage(
      host,
      view,
      () => this.#askAgain(),
      () => this.work.begin(),
    );
  }

  get isDegraded(): boolean {
    return this.#outage.isOn;
  }

  get mayAsk(): boolean {
    return !this.isEnding && !this.isDegraded;
  }

  read(): void {
    if (!this.mayAsk) return;
    this.#wantsRead = true;
    this.work.begin();
  }

  hear(pushed: unknown): void {
    if (!this.mayAsk) return;
    const record = readHint(pushed);
    const { isKnown, record: known } = this.#view;
    if (record === undefined) this.read();
    else if (isKnown && (known === undefined || isNewer(record, known))) {
      this.#hasMoved = true;
      this.#adopt(record);
    }
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
    this.#outage.stop();
  }

  /** Begins the next operation; `undefined` where there is none. */
  #next(): Promise<void> | undefined {
    const { comeback } = this.#outage;
    this.#isReading = false;
    this.#isTeaching = false;
    this.#hasMoved = false;
    if (comeback !== undefined) this.#recover(comeback);
    if (this.#wantsRead && !this.#view.isKnown) return this.#read();
    const era = this.#eras.forCommit();
    const proposals = this.#proposers.flatMap((proposer) => proposer.take(era));
    if (this.#lesson !== undefined) {
      proposals.unshift({ change: teach(this.#lesson) });
      this.#lesson = undefined;
      this.#isTeaching = true;
    }
    if (proposals.length > 0) {
      const storage = this.isDegraded ? this.#outage : this.#host.settings.storage;
      return this.#conclude(this.#write(proposals, storage), proposals);
    }
    // A storage that hints at each read must not keep the process busy: the next poll will do.
    if (this.#wantsRead && this.#readsInARow < MOST_READS_IN_A_ROW) return this.#read();
    this.#wantsRead = false;
    this.#readsInARow = 0;
    return undefined;
  }

  #read(): Promise<void> {
    this.#wantsRead = false;
    this.#readsInARow++;
    this.#isReading = true;
    return this.#conclude(this.#access.read());
  }

  async #conclude(operation: Promise<Answer>, proposals: readonly Proposal[] = []): Promise<void> {
    const answer = await operation.catch((error: CircuitStorageError) => error);
    if (answer instanceof CircuitStorageError) {
      // What was in flight is dropped rather than counted twice.
      this.#degrade(answer);
      for (const proposal of proposals) proposal.failed?.(answer);
    } else {
      this.#takeIn(answer, this.#view.record);
      for (const proposal of proposals) proposal.committed?.();
    }
  }

  #write(proposals: readonly Proposal[], storage: Pick<CircuitStorage, 'update'>): Promise<Answer> {
    const changes = proposals.map(({ change }) => change);
    const terms = termsOfCommit(this.#host.settings, this.#view, this.#host);
    return this.#access.update(inOneWrite(changes, terms), storage);
  }

  /** @param known - what this process knows of the storage */
  #takeIn({ record, now }: Answer, known: FleetRecord | undefined): void {
    this.#view.setStorageTime(now);
    switch (reconcile(known, record, this.#hasMoved, now)) {
      case 'adopt':
        this.#adopt(record);
        break;
      case 'ask-again':
        this.#wantsRead = true;
        break;
      case 'teach':
        this.#adopt(known);
        if (!this.#isTeaching) this.#lesson = known;
    }
    this.following.rest();
  }

  /** Changes the view, and keeps everything in step that goes by it. */
  #adopt(record: FleetRecord | undefined): void {
    const { record: before } = this.#view;
    this.#host.changeView(() => {
      const hasNewEpoch = this.#view.adopt(record);
      try {
        for (const proposer of this.#proposers) proposer.viewChanged?.(before, hasNewEpoch);
      } catch (error) {
        this.#host.report(error, 'storage'); // a clock of the user's: what the host goes by has changed all the same
      }
      return hasNewEpoch;
    }, this.#eras.takeReason(record?.era));
    this.following.pace();
  }

  #degrade(error: CircuitStorageError): void {
    if (!this.mayAsk) return;
    this.#outage.begin();
    this.#wantsRead = false;
    this.following.rest();
    if (!this.#view.isKnown) this.#adopt(undefined);
    this.#tellOfStorage(error);
  }

  /** Tells all who go by the storage that it is another one now. */
  #tellOfStorage(lost: CircuitStorageError | undefined): void {
    for (const proposer of this.#proposers) proposer.storageChanged?.(lost);
    this.#host.storageChanged(lost);
  }

  /** Asks the storage that is out of reach. */
  async #askAgain(): Promise<Answer> {
    const proposals = this.rulings.takeMadeAlone(this.#eras.forCommit());
    const { storage } = this.#host.settings;
    const answer = await (proposals.length === 0 ? this.#access.read() : this.#write(proposals, storage));
    for (const proposal of proposals) proposal.committed?.();
    // What was ruled while it was being asked must not lapse either.
    return this.rulings.hasMadeAlone ? this.#askAgain() : answer;
  }

  /** The storage is back. What it may be taught is what was known before it went; what happened alone counts for nothing. */
  #recover(answer: Answer): void {
    const { left } = this.#view;
    this.#outage.end();
    this.#tellOfStorage(undefined);
    this.#takeIn(answer, left);
  }
}
