import { disown } from '../promise-like.js';
import { Alarm } from './alarm.js';
import type { FleetHost } from './fleet-host.js';
import type { View } from './view.js';

/** While the fleet's circuit is not closed, it is asked for at least as often. */
const LIVELY_SYNC_MS = 500;
/** Polls are spread, up to so much earlier than they must be. */
const SPREAD = 0.2;
/** After so many polls that find no use of the breaker, there are no more until the next use. */
const UNUSED_POLLS = 2;

/** What asks the storage, and hears of it. */
export interface Follower {
  /** Whether there is somebody to ask. */
  readonly mayAsk: boolean;
  /** Asks what is stored. */
  read(): void;
  /** Takes a hint of what was written. */
  hear(pushed?: unknown): void;
}

/** Follows what others write: by the storage's pushes, where it has any, and by polls while the breaker is in use. */
export class Following {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #follower: Follower;
  readonly #poll: Alarm;
  #unsubscribe: (() => void) | undefined = undefined;
  #intervalMs = 0;
  /** Nothing is followed before the first use. */
  #unusedPolls = UNUSED_POLLS;
  /** So many calls had been made at the last poll; `NaN` where there was another use since. */
  #callsSeen = 0;

  constructor(host: FleetHost, view: View, follower: Follower) {
    this.#host = host;
    this.#view = view;
    this.#follower = follower;
    this.#poll = new Alarm(host.settings.clock, () => {
      this.#lookForUse();
      follower.read();
    });
  }

  /** Takes note of a use (calls are counted anyway). The first one, and the first after a silence, do not wait for the next poll. */
  use(): void {
    this.#callsSeen = Number.NaN;
    if (!this.isAsleep) return;
    this.#unusedPolls = 0;
    this.#unsubscribe ??= this.#subscribe();
    this.#follower.read();
  }

  /** Whether there are no polls until the next use. */
  get isAsleep(): boolean {
    return this.#unusedPolls >= UNUSED_POLLS;
  }

  /** Sets the next poll, where there is none, or the circuit changes at another pace now. */
  pace(): void {
    if (!this.#poll.isSet || this.#syncIntervalMs() !== this.#intervalMs) this.rest();
  }

  /** Sets the next poll anew: the storage has just answered. Where there is nobody to ask, there is none. */
  rest(): void {
    this.#poll.cancel();
    if (this.isAsleep || !this.#follower.mayAsk) return;
    this.#intervalMs = this.#syncIntervalMs();
    this.#poll.set(this.#intervalMs * (1 - SPREAD * this.#view.random()));
  }

  /** Nobody is to be asked any more, and no use is of interest. */
  stop(): void {
    this.#poll.cancel();
    this.#unusedPolls = 0;
    try {
      this.#unsubscribe?.();
    } catch (error) {
      this.#host.report(error, 'storage');
    }
    this.#unsubscribe = undefined;
  }

  /** Where the storage has no pushes, or none that work, polls will do. */
  #subscribe(): () => void {
    const { name, settings } = this.#host;
    try {
      const unsubscribe: unknown = settings.storage.subscribe?.(name, (record) => void this.#hearLater(record));
      disown(unsubscribe);
      if (typeof unsubscribe === 'function') return () => unsubscribe();
    } catch (error) {
      this.#host.report(error, 'storage');
    }
    return () => undefined;
  }

  /** Not at once: a storage may push while it is asked to write, which may be before the call's end is told that led to it. */
  async #hearLater(record: unknown): Promise<void> {
    await undefined;
    try {
      this.#follower.hear(record);
    } catch (error) {
      this.#host.report(error, 'storage');
      this.#host.deliver();
    }
  }

  #lookForUse(): void {
    const { callsSoFar } = this.#host;
    this.#unusedPolls = callsSoFar === this.#callsSeen ? this.#unusedPolls + 1 : 0;
    this.#callsSeen = callsSoFar;
    if (this.isAsleep) this.#host.fallAsleep();
  }

  #syncIntervalMs(): number {
    const { syncIntervalMs } = this.#host.settings;
    return this.#view.circuit === undefined ? syncIntervalMs : Math.min(syncIntervalMs, LIVELY_SYNC_MS);
  }
}
