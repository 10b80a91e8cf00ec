import { report } from './change/report.js';
import type { NameEra } from './eras.js';
import type { Proposal, Proposer } from './proposal.js';
import type { FleetRecord } from './record.js';
import type { Reporter } from './reporter.js';
import type { View } from './view.js';

/** Proposes what a reporter has to tell. */
export class Reports implements Proposer {
  readonly #reporter: Reporter;
  readonly #view: View;

  constructor(reporter: Reporter, view: View) {
    this.#reporter = reporter;
    this.#view = view;
  }

  take(era: NameEra): readonly Proposal[] {
    const evidence = this.#reporter.take();
    if (evidence === undefined) return [];
    const committed = (openedHearing: number | undefined) => this.#reporter.committed?.(openedHearing);
    return [{ change: report(evidence, this.#view.epoch, era('tripped')), committed }];
  }

  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void {
    this.#reporter.viewChanged(before, hasNewEpoch);
  }

  storageChanged(): void {
    this.#reporter.storageChanged?.();
  }
}
