const NOTHING = Promise.resolve();

/** Does one thing after another, as long as there is something to do. */
export class SerialWork {
  readonly #next: () => Promise<void> | undefined;
  readonly #onFault: (error: unknown) => void;
  /** What is under way, or was a moment ago; `undefined` where there is nothing left to do. */
  #current: Promise<void> | undefined = undefined;

  /**
   * @param next - begins the next thing; `undefined` where there is none
   * @param onFault - told what one of them threw; the others go on, but after a fault of `next` itself only with the next `begin`
   */
  constructor(next: () => Promise<void> | undefined, onFault: (error: unknown) => void) {
    this.#next = next;
    this.#onFault = onFault;
  }

  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  /** Begins, unless it is under way: then what is new is done in its turn. */
  begin(): void {
    if (!this.isBusy) void this.#run();
  }

  /** Settles when there is nothing left to do. */
  async whenIdle(): Promise<void> {
    this.begin();
    while (this.isBusy) await this.#current;
  }

  /** Settles when what is under way is done, and the next thing, or there is nothing left to do. */
  async whenCaughtUp(): Promise<void> {
    this.begin();
    await this.#current;
    await this.#current;
  }

  async #run(): Promise<void> {
    this.#current = NOTHING;
    for (this.#begin(); this.#current !== undefined; this.#begin()) await this.#current;
  }

  #begin(): void {
    try {
      this.#current = this.#next()?.catch(this.#onFault);
    } catch (error) {
      this.#current = undefined; // asked again at once, it might throw for ever
      this.#onFault(error);
    }
  }
}
