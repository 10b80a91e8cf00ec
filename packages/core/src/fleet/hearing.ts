import { meetsPolicy } from '../circuit/closed.js';
import type { Settings } from '../settings.js';
import { Timer } from '../timer.js';
import type { View } from './view.js';

/** Witnesses are spread over so much of a hearing: the first one's word spares the others theirs. */
const WITNESS_SPREAD = 0.25;

/** The fleet's hearing, as this process takes part in it: it bears witness while the hearing is on, and ends the one it has opened. */
export class Hearing {
  readonly #settings: () => Settings;
  readonly #lengthMs: number;
  readonly #view: View;
  readonly #speak: () => void;
  /** When it ends, or has ended, by the storage's clock; `undefined` where there is none. */
  #endsAt: number | undefined = undefined;
  /** When the one ends that this process has opened. */
  #openedUntilAt: number | undefined = undefined;
  #witnessTimer: Timer | undefined = undefined;
  #endTimer: Timer | undefined = undefined;

  /** @param speak - reports what this process has seen, whatever it is */
  constructor(settings: () => Settings, lengthMs: number, view: View, speak: () => void) {
    this.#settings = settings;
    this.#lengthMs = lengthMs;
    this.#view = view;
    this.#speak = speak;
  }

  /** Whether there is one, be it over: the short way, for the hot path. */
  get isKnown(): boolean {
    return this.#endsAt !== undefined;
  }

  /** What is left of it; `undefined` where none is on. */
  get leftMs(): number | undefined {
    if (this.#endsAt === undefined) return undefined;
    const leftMs = this.#endsAt - this.#view.storageTime();
    return leftMs > 0 ? leftMs : undefined;
  }

  /** Whether one is on that further failures would not change. */
  get needsNoFailures(): boolean {
    const { record } = this.#view;
    const { policy } = this.#settings();
    if (record?.state !== 'closed' || this.leftMs === undefined) return false;
    if (record.policyKey !== policy.key) return true;
    try {
      return meetsPolicy(record, this.#view.storageTime(), policy);
    } catch {
      return false; // the commit meets the fault again, and tells it
    }
  }

  viewChanged(): void {
    const { record } = this.#view;
    this.#endsAt = record?.state === 'closed' ? record.hearingEndsAt : undefined;
    if (this.#endsAt !== this.#openedUntilAt) this.#forget();
  }

  /** This process has seen a success: it says so soon, unless another's word has lifted the hearing by then. */
  bearWitness(): void {
    const { leftMs } = this;
    if (leftMs === undefined || this.#witnessTimer !== undefined) return;
    const delayMs = this.#view.random() * Math.min(this.#lengthMs * WITNESS_SPREAD, leftMs / 2);
    this.#witnessTimer = this.#timer(delayMs, () => {
      this.#witnessTimer = undefined;
      if (this.leftMs !== undefined) this.#speak();
    });
  }

  /** What this process has seen is on its way. */
  spoken(): void {
    this.#witnessTimer?.cancel();
    this.#witnessTimer = undefined;
  }

  /** @param openedUntilAt - when the hearing ends that a report of this process has opened; `undefined` where it opened none */
  reported(openedUntilAt: number | undefined): void {
    this.#openedUntilAt ??= openedUntilAt;
    this.#endTimer?.cancel();
    if (this.#openedUntilAt === undefined || this.#openedUntilAt !== this.#endsAt) {
      this.#openedUntilAt = undefined;
    } else {
      const leftMs = Math.max(1, this.#openedUntilAt - this.#view.storageTime());
      this.#endTimer = this.#timer(leftMs, this.#speak);
    }
  }

  stop(): void {
    this.spoken();
    this.#forget();
  }

  #forget(): void {
    this.#openedUntilAt = undefined;
    this.#endTimer?.cancel();
    this.#endTimer = undefined;
  }

  #timer(ms: number, run: () => void): Timer {
    return new Timer(this.#settings().clock, run, ms);
  }
}
