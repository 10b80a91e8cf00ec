import type { Verdict } from '../call/outcome.js';
import type { Circuit } from '../circuit/circuit.js';
import type { Ruling } from '../circuit/event.js';
import { hasPlace } from '../circuit/has-place.js';
import type { FleetHost } from './fleet-host.js';
import { type HeldLease, LeaseDesk } from './lease-desk.js';
import { OutcomeReporter } from './outcome-reporter.js';
import type { Reporter } from './reporter.js';
import { safeRandom } from './safe-random.js';
import { Settlements } from './settlements.js';
import { Synchronizer } from './synchronizer.js';
import { TripReporter } from './trip-reporter.js';
import { View } from './view.js';

/**
 * The circuit that a fleet shares, as one of its processes has it at hand: decisions are made on what is known, and the storage hears
 * of them behind the caller's back.
 */
export class Fleet {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #desk: LeaseDesk;
  readonly #reporter: Reporter;
  readonly #settlements: Settlements;
  readonly #synchronizer: Synchronizer;
  #isOver = false;
  #ended: Promise<void> | undefined = undefined;
  /** When calls stop waiting for the first answer; `undefined` before the first use. */
  #coldUntilAt: number | undefined = undefined;

  constructor(host: FleetHost) {
    const { clock, sharing } = host.settings;
    const random = safeRandom(host.settings.random, host);
    const view = new View(() => clock.now(), random);
    const work = () => this.#synchronizer.work.begin();
    this.#host = host;
    this.#view = view;
    this.#settlements = new Settlements(view);
    this.#desk = new LeaseDesk(host, view, (leaseId) => this.settle(leaseId, 'ignore'));
    this.#reporter =
      sharing.kind === 'trips' ? new TripReporter(view, work) : new OutcomeReporter(host, sharing, view, work);
    // What has happened goes before what is asked for.
    this.#synchronizer = new Synchronizer(host, view, [this.#settlements, this.#reporter, this.#desk]);
  }

  /** The fleet's circuit by this process's clock; `undefined` where it is closed, as far as this process knows. */
  get circuit(): Circuit | undefined {
    return this.#view.circuit;
  }

  /** The number of the epoch, as the storage has it. */
  get epoch(): number {
    return this.#view.epoch.epoch;
  }

  /** Grows when a new epoch begins. */
  get generation(): number {
    return this.#view.generation;
  }

  /** Whether the storage is being let go: then it hears of no more outcomes. */
  get isEnding(): boolean {
    return this.#synchronizer.isEnding;
  }

  /** Whether the storage has been let go. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get isDegraded(): boolean {
    return this.#synchronizer.isDegraded;
  }

  /** Whether the storage is out of reach, and the circuit has gone on for this process alone. */
  get isAlone(): boolean {
    return this.isDegraded && this.#view.hasGoneOn;
  }

  /** Whether uses go unnoticed at no harm: the first one, and the first after a silence, have something to do. */
  get isFollowing(): boolean {
    return this.#view.isKnown && !this.#synchronizer.following.isAsleep;
  }

  /** Whether a trial's lease is still in the record, as far as this process knows. */
  holds(leaseId: string): boolean {
    return this.#view.holds(leaseId);
  }

  /** The breaker is used: by a call, a ruling, or a look at it. */
  use(): void {
    if (this.isEnding) return;
    const { clock, leaseTimeoutMs } = this.#host.settings;
    this.#coldUntilAt ??= clock.now() + leaseTimeoutMs;
    this.#synchronizer.following.use();
  }

  /** Takes in that a call succeeded which was admitted while the fleet's circuit was closed, in this epoch. */
  success(isSlow: boolean, now: number): void {
    this.#reporter.outcome?.('success', isSlow, now);
  }

  /** Takes in that such a call failed. */
  failure(isSlow: boolean, now: number): void {
    this.#reporter.outcome?.('failure', isSlow, now);
  }

  /** This process's own circuit has opened, for so long. */
  ownCircuitOpened(openMs: number): void {
    this.#reporter.ownCircuitOpened?.(openMs);
  }

  /** Takes in how a trial went. */
  settle(leaseId: string, verdict: Verdict): void {
    if (this.#isOver) return;
    this.#settlements.add(leaseId, verdict);
    this.#synchronizer.work.begin();
  }

  /** How long a call that asks now may wait before it is decided on what is known, in milliseconds. */
  patienceMs(): number {
    const { clock, leaseTimeoutMs } = this.#host.settings;
    if (this.#view.isKnown && this.circuit === undefined) return 0;
    const now = clock.now();
    // Not more where the clock has gone back.
    if (!this.#view.isKnown) return Math.min(leaseTimeoutMs, Math.max(0, (this.#coldUntilAt as number) - now));
    return this.mayAskForLease(now) && !this.#desk.isBusy && !this.#desk.hasUnused(now) ? leaseTimeoutMs : 0;
  }

  /** Whether a place among the fleet's trials seems to be free. */
  mayAskForLease(now: number): boolean {
    const { circuit } = this;
    return circuit !== undefined && hasPlace(circuit, now);
  }

  /** Whether one is being asked for. */
  get isAskingForLease(): boolean {
    return this.#desk.isBusy;
  }

  /** Asks for a lease; settles when there is one to take, or none to be had. */
  askForLease(): Promise<void> {
    const asked = this.#desk.ask();
    this.#synchronizer.work.begin();
    return asked;
  }

  /** A trial goes on: asks for more time where there is little left. */
  renew(lease: HeldLease): void {
    this.#desk.renew(lease);
    this.#synchronizer.work.begin();
  }

  /** Gives a lease, if there is one that lasts. */
  takeLease(now: number): HeldLease | undefined {
    const lease = this.#desk.use();
    return lease !== undefined && this.holds(lease.id) && now < lease.deadlineAt ? lease : undefined;
  }

  /**
   * Rules by hand, for the whole fleet.
   *
   * @throws CircuitStorageError as a rejection, where it could not be committed
   */
  rule(ruling: Ruling): Promise<void> {
    this.use();
    return new Promise((committed, failed) => {
      this.#synchronizer.rulings.add({ ruling, committed, failed });
      this.#synchronizer.work.begin();
    });
  }

  reconfigure(): void {
    this.#reporter.reconfigure?.();
    if (this.#view.isKnown) this.#synchronizer.following.pace();
  }

  /** Settles when this process knows the fleet's circuit, or that its storage is out of reach. */
  async ready(): Promise<void> {
    this.use();
    await this.#view.whenKnown;
  }

  flush(): Promise<void> {
    this.#reporter.flush?.();
    return this.#synchronizer.work.whenCaughtUp();
  }

  /** Sends what is pending, and lets go of the storage: from then on the fleet's circuit counts as closed. */
  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    this.#synchronizer.stopFollowing();
    this.#reporter.flush?.();
    await this.#synchronizer.work.whenIdle();
    this.#desk.returnUnused();
    // What is asked for between the promise and its reaction must not be answered when all is over.
    do await this.#synchronizer.work.whenIdle();
    while (this.#synchronizer.work.isBusy);
    this.#isOver = true;
    this.#synchronizer.close();
    this.#reporter.stop();
    this.#desk.close();
    this.#host.changeView(() => this.#view.adopt(undefined), 'adopted');
  }
}
