import type { Verdict } from '../call/outcome.js';
import type { StateChangeReason } from '../listener/breaker-event.js';
import { acquire } from './change/acquire.js';
import type { Change } from './change/change.js';
import { force } from './change/force.js';
import { release } from './change/release.js';
import { report } from './change/report.js';
import { settle } from './change/settle.js';
import { teach } from './change/teach.js';
import type { Commit, PendingRuling } from './commit.js';
import type { Eras } from './eras.js';
import type { HeldLease, LeaseDesk } from './lease-desk.js';
import type { FleetRecord } from './record.js';
import type { Reporter } from './reporter.js';
import { isHeld, type View } from './view.js';

const REASONS = { success: 'trial-succeeded', failure: 'trial-failed' } as const;

interface Settlement {
  readonly verdict: Verdict;
  isSent: boolean;
}

/** What waits to be committed: it goes out together. */
export class Outbox {
  /** What the storage has forgotten and shall be taught. */
  lesson: FleetRecord | undefined = undefined;
  /** How trials ended, until their leases are gone from the record. */
  readonly #settlements = new Map<string, Settlement>();
  #rulings: PendingRuling[] = [];
  /** While a private storage stands in: what the other one held when it went. */
  #left: FleetRecord | undefined = undefined;
  /** The eras of the commit at hand, one for each reason. */
  #eras = new Map<StateChangeReason, string>();

  constructor(
    readonly view: View,
    readonly reporter: Reporter,
    readonly desk: LeaseDesk,
    readonly eras: Eras,
  ) {}

  settle(leaseId: string, verdict: Verdict): void {
    this.#settlements.set(leaseId, { verdict, isSent: false });
  }

  rule(ruling: PendingRuling): void {
    this.#rulings.push(ruling);
  }

  /**
   * Everything that waits, once; `undefined` where nothing does. In this order: what the storage has forgotten, what has happened,
   * what is asked for; and a ruling has the last word.
   */
  take(trialTimeoutMs: number): Commit | undefined {
    const { lesson, view } = this;
    this.#eras.clear();
    const rulings = this.#takeRulings();
    const lease = this.#takeLease(trialTimeoutMs);
    const evidence = this.reporter.take();
    const changes: Change[] = lesson === undefined ? [] : [teach(lesson)];
    changes.push(...this.#takeSettlements());
    if (evidence !== undefined) changes.push(report(evidence, view.epoch, this.#era('tripped')));
    if (lease !== undefined) {
      // A storage that has forgotten all about it begins from what this process knows.
      changes.push(teach(view.record as FleetRecord));
      changes.push(acquire(lease.id, trialTimeoutMs, this.#era('trial-due')));
    }
    changes.push(...rulings.map(({ ruling }) => force(ruling, this.#era('manual'))));
    this.lesson = undefined;
    if (changes.length === 0) return undefined;
    return { changes, rulings, lease, hasReport: evidence !== undefined, hasLesson: lesson !== undefined };
  }

  /** The rulings that have not been sent. */
  #takeRulings(): readonly PendingRuling[] {
    const rulings = this.#rulings;
    this.#rulings = [];
    return rulings;
  }

  #takeSettlements(): readonly Change[] {
    const due = [...this.#settlements].filter(([leaseId, { isSent }]) => !isSent && this.view.holds(leaseId));
    return due.map(([leaseId, settlement]) => {
      const { verdict } = settlement;
      settlement.isSent = true;
      return verdict === 'ignore' ? release(leaseId) : settle(leaseId, verdict, this.#era(REASONS[verdict]));
    });
  }

  /** The request for a lease, unless the circuit has none to give any more. */
  #takeLease(trialTimeoutMs: number): HeldLease | undefined {
    const { desk, view } = this;
    const isGiven = view.record?.state === 'open' || view.record?.state === 'half-open';
    if (desk.isBusy && !isGiven) desk.answer(undefined);
    return desk.send(trialTimeoutMs);
  }

  /** What was gathered in an epoch that is over counts for nothing; trials whose leases are gone are settled. */
  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void {
    this.reporter.viewChanged(before, hasNewEpoch);
    for (const leaseId of this.#settlements.keys()) {
      if (!this.view.holds(leaseId) && !isHeld(this.#left, leaseId)) this.#settlements.delete(leaseId);
    }
  }

  /**
   * The storage is another one now: what the last one was told, this one may not know. What a private one is told, the other must hear
   * as well, when it is back.
   */
  changeStorage(isPrivate: boolean): void {
    this.#left = isPrivate ? this.view.record : undefined;
    this.desk.sendAgain();
    this.reporter.storageChanged();
    for (const settlement of this.#settlements.values()) settlement.isSent = false;
  }

  /** No ruling that waits will be made. */
  refuseRulings(error: Error): void {
    for (const { settle } of this.#takeRulings()) settle(error);
  }

  #era(reason: StateChangeReason): string {
    const era = this.#eras.get(reason) ?? this.eras.draw(reason);
    this.#eras.set(reason, era);
    return era;
  }
}
