import type { Verdict } from '../call/outcome.js';
import { release } from './change/release.js';
import { settle } from './change/settle.js';
import type { NameEra } from './eras.js';
import type { Proposal, Proposer } from './proposal.js';
import type { FleetRecord } from './record.js';
import { isHeld, type View } from './view.js';

const REASONS = { success: 'trial-succeeded', failure: 'trial-failed' } as const;

interface Settlement {
  readonly verdict: Verdict;
  isSent: boolean;
}

/** How trials ended, until their leases are gone from the record. */
export class Settlements implements Proposer {
  readonly #view: View;
  readonly #settlements = new Map<string, Settlement>();
  /** While a private storage stands in: what the fleet's held when it went. It must hear of its leases when it is back. */
  #left: FleetRecord | undefined = undefined;

  constructor(view: View) {
    this.#view = view;
  }

  add(leaseId: string, verdict: Verdict): void {
    this.#settlements.set(leaseId, { verdict, isSent: false });
  }

  take(era: NameEra): readonly Proposal[] {
    const due = [...this.#settlements].filter(([leaseId, { isSent }]) => !isSent && this.#view.holds(leaseId));
    return due.map(([leaseId, settlement]) => {
      const { verdict } = settlement;
      settlement.isSent = true;
      return { change: verdict === 'ignore' ? release(leaseId) : settle(leaseId, verdict, era(REASONS[verdict])) };
    });
  }

  viewChanged(): void {
    for (const leaseId of this.#settlements.keys()) {
      if (!this.#view.holds(leaseId) && !isHeld(this.#left, leaseId)) this.#settlements.delete(leaseId);
    }
  }

  storageChanged(error: Error | undefined): void {
    this.#left = error && this.#view.record;
    for (const settlement of this.#settlements.values()) settlement.isSent = false;
  }
}
