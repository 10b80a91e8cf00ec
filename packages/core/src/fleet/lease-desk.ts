import { Alarm } from './alarm.js';
import { acquire } from './change/acquire.js';
import { renew } from './change/renew.js';
import { teach } from './change/teach.js';
import { drawId } from './draw-id.js';
import type { NameEra } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import type { Proposal, Proposer } from './proposal.js';
import type { View } from './view.js';

/** A trial's place that this process has been granted. */
export interface HeldLease {
  readonly id: string;
  /** When its trial must have ended, by this process's clock: before the storage takes it for lapsed. Later, once it is renewed. */
  deadlineAt: number;
}

/** The holder stops so much before the lease does, whose time is counted elsewhere. */
const SAFETY = 0.01;

/** How long a lease that nobody uses is kept: each time longer, as the calls of this process seem to come that rarely. */
const UNUSED_MS = 1_000;
const UNUSED_FACTOR = 2;
/** But not for more than so much of what is left of it: a trial needs time. */
const GREATEST_UNUSED_SHARE = 0.5;

/** A question for a lease: whoever waits for its answer, and whether it is on its way. */
interface Question {
  readonly answered: Promise<void>;
  settle(): void;
  isSent: boolean;
}

/**
 * Where this process's calls get leases: one is asked for at a time, and whoever comes first when it is there uses it. That is the call
 * that asked, unless it has stopped waiting.
 */
export class LeaseDesk implements Proposer {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #giveBack: (leaseId: string) => void;
  readonly #expiry: Alarm;
  #question: Question | undefined = undefined;
  #unused: HeldLease | undefined = undefined;
  #unusedMs = UNUSED_MS;
  /** Leases that are being renewed, and whether that is on its way. */
  readonly #renewals = new Map<HeldLease, { isSent: boolean }>();

  constructor(host: FleetHost, view: View, giveBack: (leaseId: string) => void) {
    this.#host = host;
    this.#view = view;
    this.#giveBack = giveBack;
    this.#expiry = new Alarm(host.settings.clock, () => {
      this.#unusedMs *= UNUSED_FACTOR;
      this.returnUnused();
    });
  }

  /** Whether a lease is being asked for. */
  get isBusy(): boolean {
    return this.#question !== undefined;
  }

  hasUnused(now: number): boolean {
    return this.#unused !== undefined && now < this.#unused.deadlineAt;
  }

  /** Asks for a lease; settles when it is granted or not. */
  ask(): Promise<void> {
    if (this.#question === undefined) {
      let settle!: () => void;
      const answered = new Promise<void>((resolve) => {
        settle = resolve;
      });
      this.#question = { answered, settle, isSent: false };
    }
    return this.#question.answered;
  }

  /** A trial goes on: its lease is renewed where half of it is over. */
  renew(lease: HeldLease): void {
    const leftMs = lease.deadlineAt - this.#view.now();
    if (leftMs < this.#host.settings.trialTimeoutMs / 2 && !this.#renewals.has(lease)) {
      this.#renewals.set(lease, { isSent: false });
    }
  }

  /** What is asked for, and has not been sent yet. Its time counts from now. */
  take(era: NameEra): readonly Proposal[] {
    return [...this.#takeRenewals(), ...this.#takeRequest(era)];
  }

  #takeRenewals(): readonly Proposal[] {
    const { trialTimeoutMs } = this.#host.settings;
    const due = [...this.#renewals].filter(([, { isSent }]) => !isSent);
    return due.map(([lease, renewal]) => {
      renewal.isSent = true;
      const deadlineAt = this.#deadlineAt(trialTimeoutMs);
      return {
        change: renew(lease.id, trialTimeoutMs),
        committed: () => {
          this.#renewals.delete(lease);
          if (this.#view.holds(lease.id)) lease.deadlineAt = deadlineAt;
        },
        failed: () => this.#renewals.delete(lease),
      };
    });
  }

  /** The request for a lease, where the circuit still has trials to give. */
  #takeRequest(era: NameEra): readonly Proposal[] {
    const view = this.#view;
    const { record } = view;
    if (record?.state !== 'open' && record?.state !== 'half-open') this.answer(undefined);
    if (record === undefined || this.#question?.isSent !== false) return [];
    this.#question.isSent = true;
    const { trialTimeoutMs } = this.#host.settings;
    const lease = { id: drawId(view.random), deadlineAt: this.#deadlineAt(trialTimeoutMs) };
    return [
      // A storage that has forgotten all about it begins from what this process knows.
      { change: teach(record) },
      {
        change: acquire(lease.id, trialTimeoutMs, era('trial-due')),
        committed: () => this.answer(view.holds(lease.id) ? lease : undefined),
        failed: () => this.#refuse(),
      },
    ];
  }

  /** The request is to be sent anew, to another storage. */
  storageChanged(): void {
    if (this.#question !== undefined) this.#question.isSent = false;
  }

  /** The request was answered: with a lease, or without. */
  answer(lease: HeldLease | undefined): void {
    if (lease !== undefined) this.#keep(lease);
    this.#question?.settle();
    this.#question = undefined;
  }

  /** Gives a lease that is there for whoever asks now. */
  use(): HeldLease | undefined {
    const lease = this.#take();
    if (lease !== undefined) this.#unusedMs = UNUSED_MS;
    return lease;
  }

  /** Gives back what nobody has used. */
  returnUnused(): void {
    const lease = this.#take();
    if (lease !== undefined) this.#giveBack(lease.id);
  }

  /** There are no leases any more: one that is left lapses. */
  close(): void {
    this.#take();
    this.answer(undefined);
  }

  /** When a trial must have ended whose lease is asked for now. */
  #deadlineAt(trialTimeoutMs: number): number {
    return this.#view.now() + trialTimeoutMs * (1 - SAFETY);
  }

  /** The request has failed, and no other storage takes it. */
  #refuse(): void {
    if (this.#question?.isSent) this.answer(undefined);
  }

  #take(): HeldLease | undefined {
    const lease = this.#unused;
    this.#unused = undefined;
    this.#expiry.cancel();
    return lease;
  }

  #keep(lease: HeldLease): void {
    this.#unused = lease;
    const leftMs = Math.max(0, lease.deadlineAt - this.#view.now());
    this.#expiry.set(Math.min(this.#unusedMs, Math.max(UNUSED_MS, leftMs * GREATEST_UNUSED_SHARE)));
  }
}
