import { seededRandom } from '../seeded-random.js';

/** Chance in the shapes that a schedule is drawn in. */
export class Lots {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Whether something happens that happens so often. */
  happens(share: number): boolean {
    return this.#random() < share;
  }

  /** An integer from 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  /** An integer from `least` to `most`. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  oneOf<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** Gives a function that draws among values by their weights. */
  weighted<T>(choices: readonly (readonly [weight: number, value: T])[]): () => T {
    const sum = choices.reduce((total, [weight]) => total + weight, 0);
    return () => {
      let left = this.#random() * sum;
      for (const [weight, value] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      throw new RangeError('At least one weight must be above 0');
    };
  }
}
