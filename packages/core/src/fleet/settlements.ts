import type { Verdict } from '../call/outcome.js';
import { settle } from './change/settle.js';
import type { NameEra } from './eras.js';
import type { Proposal, Proposer } from './proposal.js';
import { isHeld, type View } from './view.js';

/** Why an epoch begins; an ignored trial begins none. */
const REASONS = { success: 'trial-succeeded', failure: 'trial-failed', ignore: undefined } as const;

interface Settlement {
  readonly verdict: Verdict;
  isSent: boolean;
}

/** How trials ended, until their leases are gone from the record. */
export class Settlements implements Proposer {
  readonly #settlements = new Map<string, Settlement>();

  constructor(readonly view: View) {}

  add(leaseId: string, verdict: Verdict): void {
    this.#settlements.set(leaseId, { verdict, isSent: false });
  }

  take(era: NameEra): readonly Proposal[] {
    const due = [...this.#settlements].filter(([leaseId, { isSent }]) => !isSent && this.view.holds(leaseId));
    return due.map(([leaseId, settlement]) => {
      const { verdict } = settlement;
      const reason = REASONS[verdict];
      settlement.isSent = true;
      return { change: settle(leaseId, verdict, reason && era(reason)) };
    });
  }

  /** A storage that is out of reach must hear of its leases when it is back. */
  viewChanged(): void {
    const { view } = this;
    for (const leaseId of this.#settlements.keys()) {
      if (!view.holds(leaseId) && !isHeld(view.left, leaseId)) this.#settlements.delete(leaseId);
    }
  }

  storageChanged(): void {
    for (const settlement of this.#settlements.values()) settlement.isSent = false;
  }
}
