import type { Clock } from '../clock.js';
import { Timer } from '../timer.js';
import { drawId } from './draw-id.js';

/** A trial's place that this process has been granted. */
export interface HeldLease {
  readonly id: string;
  /** When its trial must have ended, by this process's clock: before the storage takes it for lapsed. */
  readonly deadlineAt: number;
}

/** The holder stops so much before the lease does, whose time is counted elsewhere. */
const SAFETY = 0.01;

/** How long a lease that nobody uses is kept: each time longer, as the calls of this process seem to come that rarely. */
const UNUSED_MS = 1_000;
const UNUSED_FACTOR = 2;
/** But not for more than so much of what is left of it: a trial needs time. */
const GREATEST_UNUSED_SHARE = 0.5;

/**
 * Where this process's calls get leases: one is asked for at a time, and whoever comes first when it is there uses it. That is the call
 * that asked, unless it has stopped waiting.
 */
export class LeaseDesk {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #giveBack: (leaseId: string) => void;
  #asked: Promise<void> | undefined = undefined;
  #onAnswer: () => void = () => undefined;
  #isSent = false;
  #unused: HeldLease | undefined = undefined;
  #unusedTimer: Timer | undefined = undefined;
  #unusedMs = UNUSED_MS;

  constructor(clock: Clock, random: () => number, giveBack: (leaseId: string) => void) {
    this.#clock = clock;
    this.#random = random;
    this.#giveBack = giveBack;
  }

  /** Whether a lease is being asked for. */
  get isBusy(): boolean {
    return this.#asked !== undefined;
  }

  hasUnused(now: number): boolean {
    return this.#unused !== undefined && now < this.#unused.deadlineAt;
  }

  /** Asks for a lease; settles when it is granted or not. */
  ask(): Promise<void> {
    this.#asked ??= new Promise((resolve) => {
      this.#onAnswer = resolve;
    });
    return this.#asked;
  }

  /** The request, where it has not been sent yet. Its time counts from now. */
  send(trialTimeoutMs: number): HeldLease | undefined {
    if (this.#asked === undefined || this.#isSent) return undefined;
    this.#isSent = true;
    return { id: drawId(this.#random), deadlineAt: this.#clock.now() + trialTimeoutMs * (1 - SAFETY) };
  }

  /** The request is to be sent anew, to another storage. */
  sendAgain(): void {
    this.#isSent = false;
  }

  /** The request was answered: with a lease, or without. */
  answer(lease: HeldLease | undefined): void {
    if (lease !== undefined) this.#keep(lease);
    this.#asked = undefined;
    this.#isSent = false;
    this.#onAnswer();
  }

  /** Gives a lease that is there for whoever asks now. */
  use(): HeldLease | undefined {
    const lease = this.#take();
    if (lease !== undefined) this.#unusedMs = UNUSED_MS;
    return lease;
  }

  #take(): HeldLease | undefined {
    const lease = this.#unused;
    this.#unused = undefined;
    this.#unusedTimer?.cancel();
    return lease;
  }

  #keep(lease: HeldLease): void {
    this.#unused = lease;
    const leftMs = Math.max(0, lease.deadlineAt - this.#clock.now());
    const keepMs = Math.min(this.#unusedMs, Math.max(UNUSED_MS, leftMs * GREATEST_UNUSED_SHARE));
    this.#unusedTimer = new Timer(this.#clock, () => this.#expire(), keepMs);
  }

  #expire(): void {
    this.#unusedMs *= UNUSED_FACTOR;
    this.returnUnused();
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
}
