/** Does one thing after another, as long as there is something to do. */
export class SerialWork {
  readonly #next: () => Promise<void> | undefined;
  readonly #onFault: (error: unknown) => void;
  #isBusy = false;
  #onIdle: (() => void)[] = [];

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
  async whenIdle(): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => this.#onIdle.push(resolve));
  }

  async #run(): Promise<void> {
    for (let step = this.#begin(); step !== undefined; step = this.#begin()) await step;
    this.#isBusy = false;
    for (const resolve of this.#onIdle.splice(0)) resolve();
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
