import type { Ruling } from '../circuit/event.js';
import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import type { RecordChange } from '../storage/circuit-storage.js';
import type { Change } from './change/change.js';
import { force } from './change/force.js';
import { teach } from './change/teach.js';
import { inOneWrite } from './change/write.js';
import type { Eras } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import type { Following } from './following.js';
import { type Comeback, Outage } from './outage.js';
import type { Proposal, Proposer } from './proposal.js';
import type { FleetRecord } from './record.js';
import type { Rulings } from './rulings.js';
import { SerialWork } from './serial-work.js';
import { type Answer, StorageAccess } from './storage-access.js';
import { termsOfCommit } from './terms-of-commit.js';
import type { View } from './view.js';
import { ViewKeeper } from './view-keeper.js';

const MOST_READS_IN_A_ROW = 16;

/** Keeps the view and the storage in step, one operation at a time. While the storage is out of reach, a private one takes its place. */
export class Synchronizer {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #proposers: readonly Proposer[];
  readonly #rulings: Rulings;
  readonly #following: Following;
  readonly #eras: Eras;
  readonly #keeper: ViewKeeper;
  readonly #access: StorageAccess;
  readonly #work: SerialWork;
  #isReading = false;
  #wantsRead = false;
  #readsInARow = 0;
  /** What the storage has forgotten and shall be taught. */
  #lesson: FleetRecord | undefined = undefined;
  #outage: Outage | undefined = undefined;
  #lastOutage: Outage | undefined = undefined;
  #isEnding = false;

  constructor(
    host: FleetHost,
    view: View,
    proposers: readonly Proposer[],
    rulings: Rulings,
    following: Following,
    eras: Eras,
  ) {
    const { storage, clock } = host.settings;
    this.#host = host;
    this.#view = view;
    this.#proposers = [...proposers, rulings];
    this.#rulings = rulings;
    this.#following = following;
    this.#eras = eras;
    this.#keeper = new ViewKeeper(host, view, this.#proposers, eras, following);
    this.#access = new StorageAccess(host.name, storage, clock, () => host.settings.storageTimeoutMs);
    this.#work = new SerialWork(
      () => this.#next(),
      (error) => {
        host.report(error, 'storage');
        host.deliver();
      },
    );
  }

  get isDegraded(): boolean {
    return this.#outage !== undefined;
  }

  /** Whether the circuit at hand is one of this process alone. */
  get isAlone(): boolean {
    return this.#outage?.hasGoneOn === true;
  }

  /** Whether something is under way. */
  get isBusy(): boolean {
    return this.#work.isBusy;
  }

  /** Sees to what waits to be committed: at once, or when what is under way is done. */
  work(): void {
    this.#work.begin();
  }

  /** Asks what is stored. */
  read(): void {
    if (this.#isEnding || this.isDegraded) return;
    this.#wantsRead = true;
    this.work();
  }

  /** Takes a hint of what was written. */
  hear(pushed: unknown): void {
    if (this.#isEnding || this.isDegraded) return;
    if (!this.#keeper.hear(pushed)) this.read();
  }

  /** Settles when what waits now is committed, or has failed. */
  whenCaughtUp(): Promise<void> {
    return this.#work.whenCaughtUp();
  }

  /** The same, with all that comes in the meantime. */
  whenCommitted(): Promise<void> {
    return this.#work.whenIdle();
  }

  /** Follows the storage no more: from now on only what is pending is sent. */
  stopFollowing(): void {
    this.#isEnding = true;
    this.#wantsRead = false;
    if (this.#isReading) this.#access.abandon();
    try {
      this.#following.stop();
    } catch (error) {
      this.#host.report(error, 'storage');
    }
  }

  /** Lets go of the storage: what it may still answer is not heard any more. */
  close(): void {
    this.#access.abandon();
    this.#outage?.end();
    this.#outage = undefined;
  }

  /** Begins the next operation; `undefined` where there is none. */
  #next(): Promise<void> | undefined {
    if (this.#outage?.comeback !== undefined) this.#recover(this.#outage, this.#outage.comeback);
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
    const { record } = this.#view;
    this.#wantsRead = false;
    this.#readsInARow++;
    this.#isReading = true;
    const answer = await this.#access.read().catch((error: CircuitStorageError) => error);
    this.#isReading = false;
    if (answer instanceof CircuitStorageError) this.#degrade(answer);
    else this.#takeIn(answer, record, false);
  }

  /** @param isTaught - whether it was just taught: a storage that does not learn is not taught again before the next poll */
  async #commit(proposals: readonly Proposal[], isTaught: boolean): Promise<void> {
    const { record } = this.#view;
    const change = this.#inOneWrite(proposals.map((proposal) => proposal.change));
    const access = this.#outage?.access ?? this.#access;
    const answer = await access.update(change).catch((error: CircuitStorageError) => error);
    if (answer instanceof CircuitStorageError) return this.#fail(proposals, answer);
    this.#takeIn(answer, record, isTaught);
    for (const proposal of proposals) {
      if (proposal.ruling !== undefined) this.#outage?.noteRuling(proposal.ruling);
      proposal.committed?.();
    }
  }

  #inOneWrite(changes: readonly Change[]): RecordChange {
    return inOneWrite(changes, termsOfCommit(this.#host.settings, this.#view, this.#host));
  }

  /** @param askedWith - what was known when the storage was asked */
  #takeIn(answer: Answer, askedWith: FleetRecord | undefined, isTaught: boolean): void {
    const { record } = this.#view;
    const lesson = this.#keeper.takeIn(answer, record, record !== askedWith);
    if (lesson === 'ask-again') this.#wantsRead = true;
    else if (lesson === 'teach' && !isTaught) this.#lesson = record;
  }

  /** What was in flight is dropped rather than counted twice. */
  #fail(proposals: readonly Proposal[], error: CircuitStorageError): void {
    this.#degrade(error);
    for (const proposal of proposals) proposal.failed?.(error);
  }

  #degrade(error: CircuitStorageError): void {
    if (this.#isEnding || this.isDegraded) return;
    const ask = (ruling: Ruling | undefined) => this.#ask(ruling);
    this.#outage = new Outage(this.#host, this.#view, ask, () => this.work(), this.#lastOutage);
    this.#lastOutage = this.#outage;
    this.#wantsRead = false;
    this.#following.pause();
    this.#changeStorage(error);
    if (!this.#view.isKnown) this.#keeper.adopt(undefined);
    this.#host.storageDegraded(error);
  }

  #changeStorage(error: CircuitStorageError | undefined): void {
    for (const proposer of this.#proposers) proposer.storageChanged?.(error);
  }

  /** Asks the storage that was out of reach. A state ruled by hand meanwhile is committed with it: it must not lapse for a moment. */
  #ask(ruling: Ruling | undefined): Promise<Answer> {
    if (ruling === undefined) return this.#access.read();
    return this.#access.update(this.#inOneWrite([force(ruling, this.#eras.forCommit()('manual'))]));
  }

  /** The storage is back. What it may be taught is what was known before it went; what happened alone counts for nothing. */
  #recover(outage: Outage, { answer, ruling }: Comeback): void {
    const { left, rulingInForce } = outage;
    this.#outage = undefined;
    outage.end();
    this.#changeStorage(undefined);
    if (!this.#isEnding) this.#following.resume();
    this.#host.storageRecovered();
    if (this.#keeper.takeIn(answer, left, false) === 'teach') this.#lesson = left;
    if (rulingInForce !== undefined && rulingInForce !== ruling) this.#rulings.add({ ruling: rulingInForce });
  }
}
