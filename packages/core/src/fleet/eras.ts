import type { StateChangeReason } from '../listener/breaker-event.js';
import { drawId } from './draw-id.js';

/** Commits whose fate is unknown may land late; so many of their eras are remembered. */
const REMEMBERED = 16;

/** The eras that this process has drawn: one that shows up in a record tells that the change was ours, and why it was made. */
export class Eras {
  readonly #random: () => number;
  readonly #reasons = new Map<string, StateChangeReason>();

  constructor(random: () => number) {
    this.#random = random;
  }

  draw(reason: StateChangeReason): string {
    const era = drawId(this.#random);
    this.#reasons.set(era, reason);
    const [oldest] = this.#reasons.keys();
    if (this.#reasons.size > REMEMBERED) this.#reasons.delete(oldest as string);
    return era;
  }

  /** Why this process began that era, told once; `undefined` where another one did. */
  takeReason(era: string | undefined): StateChangeReason | undefined {
    if (era === undefined) return undefined;
    const reason = this.#reasons.get(era);
    this.#reasons.delete(era);
    return reason;
  }
}
