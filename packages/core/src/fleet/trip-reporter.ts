import { report } from './change/report.js';
import { drawId } from './draw-id.js';
import type { NameEra } from './eras.js';
import type { Proposal } from './proposal.js';
import type { Reporter } from './reporter.js';
import type { View } from './view.js';

/** Reports that this process's own circuit has opened, and nothing else. */
export class TripReporter implements Reporter {
  readonly #voter: string;
  readonly #view: View;
  readonly #onDue: () => void;
  /** Until when the vote counts, by this process's clock. */
  #voteUntilAt = Number.NEGATIVE_INFINITY;
  #isSent = false;

  constructor(view: View, onDue: () => void) {
    this.#voter = drawId(view.random);
    this.#view = view;
    this.#onDue = onDue;
  }

  ownCircuitOpened(openMs: number): void {
    this.#voteUntilAt = this.#view.now() + openMs;
    this.#isSent = false;
    this.#onDue();
  }

  viewChanged(_before: unknown, hasNewEpoch: boolean): void {
    if (hasNewEpoch) this.stop();
  }

  take(era: NameEra): readonly Proposal[] {
    if (this.#isSent) return [];
    const leftMs = this.#voteUntilAt - this.#view.now();
    if (!(leftMs > 0)) return [];
    this.#isSent = true;
    const vote = (now: number) => ({ voter: this.#voter, untilAt: now + leftMs });
    return [{ change: report({ tallies: [], vote }, this.#view.epoch, era('tripped')) }];
  }

  /** A vote may be cast twice: the voter's older one is replaced. */
  storageChanged(): void {
    this.#isSent = false;
  }

  stop(): void {
    this.#voteUntilAt = Number.NEGATIVE_INFINITY;
  }
}
