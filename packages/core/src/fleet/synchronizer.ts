import type { Ruling } from '../circuit/event.js';
import { CircuitStorageError } from '../errors/circuit-storage-error.js';
import { force } from './change/force.js';
import { type Commit, CommitChange } from './commit.js';
import type { Eras } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import type { Following } from './following.js';
import { Outage } from './outage.js';
import type { Outbox } from './outbox.js';
import { SerialWork } from './serial-work.js';
import { type Answer, StorageAccess } from './storage-access.js';
import { TermsOfCommit } from './terms-of-commit.js';
import type { View } from './view.js';
import { ViewKeeper } from './view-keeper.js';

const MOST_READS_IN_A_ROW = 16;

/** Keeps the view and the storage in step, one operation at a time. While the storage is out of reach, a private one takes its place. */
export class Synchronizer {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #outbox: Outbox;
  readonly #keeper: ViewKeeper;
  readonly #eras: Eras;
  readonly #following: Following;
  readonly #access: StorageAccess;
  readonly #work: SerialWork;
  #outage: Outage | undefined = undefined;
  #lastOutage: Outage | undefined = undefined;
  #comeback: Comeback | undefined = undefined;
  #wantsRead = false;
  #readsInARow = 0;
  #isReading = false;
  #isEnding = false;

  constructor(host: FleetHost, view: View, outbox: Outbox, eras: Eras, following: Following) {
    const { storage, clock } = host.settings;
    this.#host = host;
    this.#view = view;
    this.#outbox = outbox;
    this.#keeper = new ViewKeeper(host, view, outbox, eras, following);
    this.#eras = eras;
    this.#following = following;
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

  /** Sees to what waits to be committed. */
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

  /** Settles when everything that waits is committed, or has failed. */
  whenCommitted(): Promise<void> {
    this.work();
    return this.#work.whenIdle();
  }

  /** The same, but for what comes in the meantime. */
  whenCaughtUp(): Promise<void> {
    this.work();
    return this.#work.whenCaughtUp();
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

  #next(): Promise<void> | undefined {
    if (this.#comeback !== undefined) this.#recover(this.#comeback);
    if (this.#wantsRead && !this.#view.isKnown) return this.#read();
    const commit = this.#outbox.take(this.#host.settings.trialTimeoutMs);
    if (commit !== undefined) return this.#commit(commit);
    // A storage that hints at each read must not keep the process busy: the next poll will do.
    if (this.#wantsRead && this.#readsInARow < MOST_READS_IN_A_ROW) return this.#read();
    this.#wantsRead = false;
    this.#readsInARow = 0;
    return undefined;
  }

  async #read(): Promise<void> {
    const { version } = this.#view;
    this.#wantsRead = false;
    this.#readsInARow++;
    this.#isReading = true;
    const answer = await this.#access.read().catch((error: CircuitStorageError) => error);
    this.#isReading = false;
    if (answer instanceof CircuitStorageError) this.#degrade(answer);
    else this.#takeIn(answer, version, false);
  }

  /** @param hasTaught - whether it was just taught: one that does not learn is not taught again before the next poll */
  #takeIn(answer: Answer, askedAt: number, hasTaught: boolean): void {
    const { record, version } = this.#view;
    const lesson = this.#keeper.takeIn(answer, record, version !== askedAt);
    if (lesson === 'ask-again') this.#wantsRead = true;
    else if (lesson === 'teach' && !hasTaught) this.#outbox.lesson = record;
  }

  async #commit(commit: Commit): Promise<void> {
    const { version } = this.#view;
    const made = new CommitChange(commit.changes, this.#terms());
    const access = this.#outage?.access ?? this.#access;
    const answer = await access.update(made.change).catch((error: CircuitStorageError) => error);
    if (answer instanceof CircuitStorageError) return this.#fail(commit, answer);
    this.#takeIn(answer, version, commit.hasLesson);
    if (commit.hasReport) this.#outbox.reporter.committed(made.openedHearing);
    if (commit.lease !== undefined)
      this.#outbox.desk.answer(this.#view.holds(commit.lease.id) ? commit.lease : undefined);
    for (const { ruling, settle } of commit.rulings) {
      this.#outage?.noteRuling(ruling);
      settle();
    }
  }

  /** What was in flight is dropped rather than counted twice. */
  #fail({ rulings, lease }: Commit, error: CircuitStorageError): void {
    for (const { settle } of rulings) settle(error);
    if (!this.#isEnding && !this.isDegraded) this.#degrade(error);
    else if (lease !== undefined) this.#outbox.desk.answer(undefined);
  }

  #degrade(error: CircuitStorageError): void {
    if (this.#isEnding) return;
    const { name, settings } = this.#host;
    const outage = new Outage(name, this.#view, settings.clock, () => settings.storageTimeoutMs, this.#lastOutage);
    this.#outage = this.#lastOutage = outage;
    this.#wantsRead = false;
    this.#following.pause();
    this.#outbox.changeStorage(true);
    const { reason, cause } = error;
    this.#outbox.refuseRulings(new CircuitStorageError(name, { reason, mayHaveBeenApplied: false, cause }));
    if (!this.#view.isKnown) this.#keeper.adopt(undefined);
    this.#retryLater(outage);
    this.#host.storageDegraded(error);
  }

  #retryLater(outage: Outage): void {
    outage.retryLater(async () => {
      const ruling = outage.rulingInForce;
      const answer = await this.#ask(ruling).catch(() => undefined);
      if (this.#outage !== outage) return;
      this.#comeback = answer && { answer, ruling };
      if (answer === undefined) this.#retryLater(outage);
      else this.work();
    });
  }

  /** Asks the storage that was out of reach. A state ruled by hand meanwhile is committed with it: it must not lapse for a moment. */
  #ask(ruling: Ruling | undefined): Promise<Answer> {
    if (ruling === undefined) return this.#access.read();
    const changes = [force(ruling, this.#eras.draw('manual'))];
    return this.#access.update(new CommitChange(changes, this.#terms()).change);
  }

  /** The storage is back. What it may be taught is what was known before it went; what happened alone counts for nothing. */
  #recover({ answer, ruling }: Comeback): void {
    this.#comeback = undefined;
    const outage = this.#outage as Outage;
    const { left, rulingInForce } = outage;
    outage.end();
    this.#outage = undefined;
    this.#outbox.changeStorage(false);
    this.#following.resume();
    this.#host.storageRecovered();
    if (this.#keeper.takeIn(answer, left, false) === 'teach') this.#outbox.lesson = left;
    if (rulingInForce !== undefined && rulingInForce !== ruling) {
      this.#outbox.rule({ ruling: rulingInForce, settle: () => undefined });
    }
  }

  #terms(): TermsOfCommit {
    return new TermsOfCommit(this.#host.settings, this.#view, this.#host);
  }
}

/** What the storage said when it answered again, and the ruling that was committed with the question. */
interface Comeback {
  readonly answer: Answer;
  readonly ruling: Ruling | undefined;
}
