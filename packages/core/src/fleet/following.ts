import type { Clock } from '../clock.js';
import { disown } from '../promise-like.js';
import type { CircuitStorage } from '../storage/circuit-storage.js';
import { Timer } from '../timer.js';

/** Polls are spread, up to so much earlier than they must be. */
const SPREAD = 0.2;
/** After so many polls that find no use of the breaker, there are no more until the next use. */
const UNUSED_POLLS = 2;

export interface FollowingTasks {
  /** How long until the next poll, at most. */
  intervalMs(): number;
  /** Whether the breaker has been used since it was asked last. */
  isUsed(): boolean;
  poll(): void;
  /** There will be no more polls. */
  fallAsleep(): void;
}

/** Follows what others write: by the storage's pushes, where it has any, and by polls while the breaker is in use. */
export class Following {
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #tasks: FollowingTasks;
  #unsubscribe: (() => void) | undefined = undefined;
  #timer: Timer | undefined = undefined;
  #intervalMs = 0;
  #unusedPolls = 0;
  #isPaused = false;
  #isStopped = false;
  isAsleep = false;

  constructor(clock: Clock, random: () => number, tasks: FollowingTasks) {
    this.#clock = clock;
    this.#random = random;
    this.#tasks = tasks;
  }

  /** @throws what the storage throws */
  subscribe(storage: CircuitStorage, name: string, onPush: (record?: unknown) => void): void {
    const unsubscribe: unknown = storage.subscribe?.(name, onPush);
    disown(unsubscribe);
    if (typeof unsubscribe === 'function') this.#unsubscribe = () => unsubscribe();
  }

  /** Sets the next poll, where there is none, or the circuit changes at another pace now. */
  pace(): void {
    if (this.#timer === undefined || this.#tasks.intervalMs() !== this.#intervalMs) this.rest();
  }

  /** Sets the next poll anew: the storage has just answered. */
  rest(): void {
    this.#cancel();
    if (this.isAsleep || this.#isPaused) return;
    this.#intervalMs = this.#tasks.intervalMs();
    this.#timer = new Timer(this.#clock, () => this.#poll(), this.#intervalMs * (1 - SPREAD * this.#random()));
  }

  /** There is nobody to ask. */
  pause(): void {
    this.#isPaused = true;
    this.#cancel();
  }

  resume(): void {
    this.#isPaused = this.#isStopped;
  }

  wake(): void {
    this.isAsleep = false;
    this.#unusedPolls = 0;
  }

  /** @throws what the storage throws */
  stop(): void {
    this.#isStopped = true;
    this.pause();
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #poll(): void {
    this.#timer = undefined;
    this.#unusedPolls = this.#tasks.isUsed() ? 0 : this.#unusedPolls + 1;
    if (this.#unusedPolls >= UNUSED_POLLS) {
      this.isAsleep = true;
      this.#tasks.fallAsleep();
    }
    this.#tasks.poll();
  }
}
