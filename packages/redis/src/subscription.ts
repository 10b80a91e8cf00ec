/** One who follows a channel. Is told nothing before the turn is over, and nothing any more once it has ended. */
export class Subscription {
  #hasEnded = false;

  constructor(
    readonly channel: string,
    readonly onPush: (record?: unknown) => void,
  ) {}

  /** Some pushes may have been missed. */
  tellToRead(): void {
    this.#later(() => this.onPush());
  }

  /** Brings a copy of what was written. What is no record at all is left to a read to find. */
  bring(text: string): void {
    this.#later(() => {
      const record = parsed(text);
      if (record === undefined) this.onPush();
      else this.onPush(record);
    });
  }

  /** Says whether it had not ended before. */
  end(): boolean {
    const isFirst = !this.#hasEnded;
    this.#hasEnded = true;
    return isFirst;
  }

  #later(tell: () => void): void {
    queueMicrotask(() => {
      if (!this.#hasEnded) tell();
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
