import { followSignal } from './call/follow-signal.js';
import type { Clock } from './clock.js';
import { Timer } from './timer.js';

/** Waits for promises for so long altogether, unless the caller aborts. */
export class Patience {
  readonly #timer: Timer;
  readonly #stopFollowing: (() => void) | undefined;
  /** Settles when the time is over; rejects when the caller aborts. */
  readonly #end: Promise<void>;

  constructor(clock: Clock, ms: number, signal: AbortSignal | undefined) {
    let resolve!: () => void;
    let reject!: (reason: unknown) => void;
    this.#end = new Promise<void>((...settle) => {
      [resolve, reject] = settle;
    });
    this.#end.catch(() => undefined);
    this.#timer = new Timer(clock, resolve, ms);
    this.#stopFollowing = signal && followSignal(signal, () => reject(signal.reason));
  }

  /**
   * Settles with the promise, or when the time is over.
   *
   * @throws the caller's reason as a rejection, where it aborts
   */
  waitFor(promise: Promise<void>): Promise<void> {
    return Promise.race([promise, this.#end]);
  }

  end(): void {
    this.#timer.cancel();
    this.#stopFollowing?.();
  }
}
