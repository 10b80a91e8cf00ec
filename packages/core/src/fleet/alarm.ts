import type { Clock } from '../clock.js';
import { Timer } from '../timer.js';

/** Runs something once after a time; where it is set anew, the time begins anew. */
export class Alarm {
  readonly #clock: Clock;
  readonly #run: () => void;
  #timer: Timer | undefined = undefined;

  constructor(clock: Clock, run: () => void) {
    this.#clock = clock;
    this.#run = run;
  }

  get isSet(): boolean {
    return this.#timer !== undefined;
  }

  set(ms: number): void {
    this.cancel();
    this.#timer = new Timer(
      this.#clock,
      () => {
        this.#timer = undefined;
        this.#run();
      },
      ms,
    );
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
