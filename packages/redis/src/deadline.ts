/** Runtimes count timers in 32 bits: one set for longer would fire at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Runs something once, when a time is over; not at once then, but after what has arrived meanwhile was read. */
export class Deadline {
  #timer: ReturnType<typeof setTimeout>;

  constructor(ms: number, passed: () => void) {
    this.#timer = setTimeout(
      () => {
        // A process that was blocked must not take its own pause for a dead server.
        this.#timer = setTimeout(passed, 0);
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
