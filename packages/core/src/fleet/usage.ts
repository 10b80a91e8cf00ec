/** Whether a breaker is in use: by calls, which are counted anyway, by rulings, or by looks at it. */
export class Usage {
  #callsSeen = 0;
  #isNoted = false;

  /** Takes note of a use. */
  note(): void {
    this.#isNoted = true;
  }

  /** Whether there has been one since this was asked last. */
  take(callsSoFar: number): boolean {
    const wasUsed = this.#isNoted || callsSoFar !== this.#callsSeen;
    this.#callsSeen = callsSoFar;
    this.#isNoted = false;
    return wasUsed;
  }
}
