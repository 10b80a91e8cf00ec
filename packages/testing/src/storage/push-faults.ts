import type { Clock } from '@breaker/core';

/** What goes wrong with the pushes of a link. */
export class PushFaults {
  isDropping = false;
  isDuplicating = false;
  delayMs = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  heal(): void {
    this.isDropping = false;
    this.isDuplicating = false;
    this.delayMs = 0;
  }

  /** Delivers a push, later: by promises alone where there is no fault. */
  carry(deliver: () => void): void {
    if (this.isDropping) return;
    const times = this.isDuplicating ? 2 : 1;
    for (let time = 0; time < times; time++) {
      if (this.delayMs > 0) this.#clock.setTimeout(deliver, this.delayMs);
      else void Promise.resolve().then(deliver);
    }
  }
}
