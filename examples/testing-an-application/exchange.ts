import type { CircuitBreaker } from '@breaker/core';

export interface Rate {
  readonly rate: number;
  readonly isFresh: boolean;
}

/** What a currency is worth: as the bank says or, while it cannot be asked, as it last said. */
export class Exchange {
  readonly #askBank: () => Promise<number>;
  readonly #breaker: CircuitBreaker;
  #lastRate: number | undefined;

  /** The breaker is handed in, so that tests can hand in one with a clock of theirs. */
  constructor(askBank: () => Promise<number>, breaker: CircuitBreaker) {
    this.#askBank = askBank;
    this.#breaker = breaker;
  }

  async rate(): Promise<Rate> {
    try {
      this.#lastRate = await this.#breaker.execute(this.#askBank);
      return { rate: this.#lastRate, isFresh: true };
    } catch (error) {
      if (this.#lastRate === undefined) throw error;
      return { rate: this.#lastRate, isFresh: false };
    }
  }
}
