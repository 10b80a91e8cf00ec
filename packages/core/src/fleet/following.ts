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

/** Follows what others write: by the storage's pushes, where it has any, and by polls while the breaker is in use. */
export class Following {
  readonly #host: FleetHost;
  readonly #view: View;
  readonly #poll: Alarm;
  #unsubscribe: (() => void) | undefined = undefined;
  #intervalMs = 0;
  #unusedPolls = 0;
  #callsSeen = 0;
  #isUsed = false;
  #isPaused = false;
  isAsleep = false;

  constructor(host: FleetHost, view: View, poll: () => void) {
    this.#host = host;
    this.#view = view;
    this.#poll = new Alarm(host.settings.clock, () => {
      this.#lookForUse();
      poll();
    });
  }

  /** @throws what the storage throws */
  subscribe(onPush: (record?: unknown) => void): void {
    const { name, settings } = this.#host;
    const unsubscribe: unknown = settings.storage.subscribe?.(name, onPush);
    disown(unsubscribe);
    if (typeof unsubscribe === 'function') this.#unsubscribe = () => unsubscribe();
  }

  /** Takes note of a use; calls are counted anyway. */
  noteUse(): void {
    this.#isUsed = true;
  }

  /** Sets the next poll, where there is none, or the circuit changes at another pace now. */
  pace(): void {
    if (!this.#poll.isSet || this.#syncIntervalMs() !== this.#intervalMs) this.rest();
  }

  /** Sets the next poll anew: the storage has just answered. */
  rest(): void {
    this.#poll.cancel();
    if (this.isAsleep || this.#isPaused) return;
    this.#intervalMs = this.#syncIntervalMs();
    this.#poll.set(this.#intervalMs * (1 - SPREAD * this.#view.random()));
  }

  /** There is nobody to ask. */
  pause(): void {
    this.#isPaused = true;
    this.#poll.cancel();
  }

  resume(): void {
    this.#isPaused = false;
  }

  wake(): void {
    this.isAsleep = false;
    this.#unusedPolls = 0;
  }

  /** @throws what the storage throws */
  stop(): void {
    this.pause();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #lookForUse(): void {
    const { callsSoFar } = this.#host;
    const wasUsed = this.#isUsed || callsSoFar !== this.#callsSeen;
    this.#callsSeen = callsSoFar;
    this.#isUsed = false;
    this.#unusedPolls = wasUsed ? 0 : this.#unusedPolls + 1;
    if (this.#unusedPolls < UNUSED_POLLS) return;
    this.isAsleep = true;
    this.#host.fallAsleep();
  }

  #syncIntervalMs(): number {
    const { syncIntervalMs } = this.#host.settings;
    return this.#view.circuit === undefined ? syncIntervalMs : Math.min(syncIntervalMs, LIVELY_SYNC_MS);
  }
}
