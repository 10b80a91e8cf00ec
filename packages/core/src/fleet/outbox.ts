import type { Verdict } from '../call/outcome.js';
import type { Ruling } from '../circuit/event.js';
import type { CircuitStorageError } from '../errors/circuit-storage-error.js';
import { force } from './change/force.js';
import { release } from './change/release.js';
import { report } from './change/report.js';
import { settle } from './change/settle.js';
import type { Proposal } from './commit.js';
import type { NameEra } from './eras.js';
import type { LeaseDesk } from './lease-desk.js';
import type { FleetRecord } from './record.js';
import type { Reporter } from './reporter.js';
import { isHeld, type View } from './view.js';

const REASONS = { success: 'trial-succeeded', failure: 'trial-failed' } as const;

interface Settlement {
  readonly verdict: Verdict;
  isSent: boolean;
}

/** A ruling by hand, and who waits for it. */
interface PendingRuling {
  readonly ruling: Ruling;
  committed?(): void;
  failed?(error: CircuitStorageError): void;
}

/** What waits to be committed: it goes out together. */
export class Outbox {
  readonly #view: View;
  readonly #reporter: Reporter;
  readonly #desk: LeaseDesk;
  /** How trials ended, until their leases are gone from the record. */
  readonly #settlements = new Map<string, Settlement>();
  #rulings: PendingRuling[] = [];
  /** While a private storage stands in: what the other one held when it went. */
  #left: FleetRecord | undefined = undefined;

  constructor(view: View, reporter: Reporter, desk: LeaseDesk) {
    this.#view = view;
    this.#reporter = reporter;
    this.#desk = desk;
  }

  settle(leaseId: string, verdict: Verdict): void {
    this.#settlements.set(leaseId, { verdict, isSent: false });
  }

  rule(ruling: PendingRuling): void {
    this.#rulings.push(ruling);
  }

  /** Everything that waits, once: what has happened, what is asked for; and a ruling has the last word. */
  take(trialTimeoutMs: number, era: NameEra): readonly Proposal[] {
    return [
      ...this.#takeSettlements(era),
      ...this.#takeReport(era),
      ...this.#desk.take(this.#view, trialTimeoutMs, era),
      ...this.#rulings.splice(0).map((each) => ({ ...each, change: force(each.ruling, era('manual')) })),
    ];
  }

  #takeSettlements(era: NameEra): readonly Proposal[] {
    const due = [...this.#settlements].filter(([leaseId, { isSent }]) => !isSent && this.#view.holds(leaseId));
    return due.map(([leaseId, settlement]) => {
      const { verdict } = settlement;
      settlement.isSent = true;
      return { change: verdict === 'ignore' ? release(leaseId) : settle(leaseId, verdict, era(REASONS[verdict])) };
    });
  }

  #takeReport(era: NameEra): readonly Proposal[] {
    const evidence = this.#reporter.take();
    if (evidence === undefined) return [];
    const committed = (openedHearing: number | undefined) => this.#reporter.committed?.(openedHearing);
    return [{ change: report(evidence, this.#view.epoch, era('tripped')), committed }];
  }

  /** What was gathered in an epoch that is over counts for nothing; trials whose leases are gone are settled. */
  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void {
    this.#reporter.viewChanged(before, hasNewEpoch);
    for (const leaseId of this.#settlements.keys()) {
      if (!this.#view.holds(leaseId) && !isHeld(this.#left, leaseId)) this.#settlements.delete(leaseId);
    }
  }

  /**
   * The storage is another one now: what the last one was told, this one may not know. What a private one is told, the other must hear
   * as well, when it is back.
   */
  changeStorage(isPrivate: boolean): void {
    this.#left = isPrivate ? this.#view.record : undefined;
    this.#desk.sendAgain();
    this.#reporter.storageChanged?.();
    for (const settlement of this.#settlements.values()) settlement.isSent = false;
  }

  /** No ruling that waits will be made. */
  refuseRulings(error: CircuitStorageError): void {
    for (const pending of this.#rulings.splice(0)) pending.failed?.(error);
  }
}
