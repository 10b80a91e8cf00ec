import type { Evidence } from './change/report.js';
import { drawId } from './draw-id.js';
import type { Reporter } from './reporter.js';
import type { View } from './view.js';

/** Reports that this process's own circuit has opened, and nothing else. */
export class TripReporter implements Reporter {
  readonly #voter: string;
  readonly #view: View;
  readonly #onDue: () => void;
  /** Until when the vote counts, by this process's clock. */
  #voteUntilAt: number | undefined = undefined;

  constructor(view: View, onDue: () => void) {
    this.#voter = drawId(view.random);
    this.#view = view;
    this.#onDue = onDue;
  }

  success(): void {}

  failure(): void {}

  ownCircuitOpened(openMs: number): void {
    this.#voteUntilAt = this.#view.now() + openMs;
    this.#onDue();
  }

  viewChanged(_before: unknown, hasNewEpoch: boolean): void {
    if (hasNewEpoch) this.stop();
  }

  take(): Evidence | undefined {
    const voteUntilAt = this.#voteUntilAt;
    if (voteUntilAt === undefined) return undefined;
    this.stop();
    const leftMs = voteUntilAt - this.#view.now();
    return { tallies: [], vote: (now) => ({ voter: this.#voter, untilAt: now + leftMs }) };
  }

  committed(): void {}

  flush(): void {}

  reconfigure(): void {}

  stop(): void {
    this.#voteUntilAt = undefined;
  }
}
