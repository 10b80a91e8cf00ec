import type { StateChangeReason } from '../listener/breaker-event.js';
import { drawId } from './draw-id.js';

/** Commits whose fate is unknown may land late; so many are remembered. */
const REMEMBERED = 16;

/** Names the era that a change begins, by the reason for it. */
export type NameEra = (reason: StateChangeReason) => string;

/** The eras that this process draws: one that shows up in a record tells that the change was ours, and why it was made. */
export class Eras {
  readonly #random: () => number;
  /** The ids of commits, which the names of their eras begin with. */
  readonly #commits = new Set<string>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Names the eras of one commit. */
  forCommit(): NameEra {
    let id: string | undefined;
    return (reason) => {
      id ??= this.#draw();
      return `${id} ${reason}`;
    };
  }

  /** Why this process began that era, told once; `undefined` where another one did. */
  takeReason(era = ''): StateChangeReason | undefined {
    const [id, reason] = era.split(' ') as [string, StateChangeReason];
    return this.#commits.delete(id) ? reason : undefined;
  }

  #draw(): string {
    const id = drawId(this.#random);
    this.#commits.add(id);
    const [oldest] = this.#commits;
    if (this.#commits.size > REMEMBERED) this.#commits.delete(oldest as string);
    return id;
  }
}
