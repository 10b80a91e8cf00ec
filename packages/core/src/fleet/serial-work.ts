/** Does one thing after another, as long as there is something to do. */
export class SerialWork {
  readonly #next: () => Promise<void> | undefined;
  readonly #onFault: (error: unknown) => void;
  #isBusy = false;
  #done = 0;
  #onDone: { readonly at: number; resolve(): void }[] = [];

  /**
   * @param next - begins the next thing; `undefined` where there is none
   * @param onFault - told what one of them threw; the others go on
   */
  constructor(next: () => Promise<void> | undefined, onFault: (error: unknown) => void) {
    this.#next = next;
    this.#onFault = onFault;
  }

  /** Begins, unless it is under way: then what is new is done in its turn. */
  begin(): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    void this.#run();
  }

  /** Settles when there is nothing left to do. */
  whenIdle(): Promise<void> {
    return this.#when(Number.POSITIVE_INFINITY);
  }

  /** Settles when what is under way is done, and the next thing, or there is nothing left to do. */
  whenCaughtUp(): Promise<void> {
    return this.#when(this.#done + 2);
  }

  async #when(at: number): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => this.#onDone.push({ at, resolve }));
  }

  async #run(): Promise<void> {
    for (let step = this.#begin(); step !== undefined; step = this.#begin()) {
      await step;
      this.#tell(++this.#done);
    }
    this.#isBusy = false;
    this.#tell(Number.POSITIVE_INFINITY);
  }

  #tell(done: number): void {
    const waiting = this.#onDone;
    this.#onDone = waiting.filter(({ at }) => at > done);
    for (const { at, resolve } of waiting) if (at <= done) resolve();
  }

  #begin(): Promise<void> | undefined {
    try {
      return this.#next()?.catch(this.#onFault);
    } catch (error) {
      this.#onFault(error);
      return Promise.resolve();
    }
  }
}
