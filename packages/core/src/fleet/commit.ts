import type { Ruling } from '../circuit/event.js';
import type { RecordChange } from '../storage/circuit-storage.js';
import type { Change } from './change/change.js';
import { inOneWrite } from './change/write.js';
import type { HeldLease } from './lease-desk.js';
import type { FleetRecord } from './record.js';
import type { TermsOfCommit } from './terms-of-commit.js';

/** A ruling by hand, until it is committed or has failed. */
export interface PendingRuling {
  readonly ruling: Ruling;
  settle(error?: Error): void;
}

/** What goes to the storage in one write. */
export interface Commit {
  readonly changes: readonly Change[];
  readonly rulings: readonly PendingRuling[];
  /** The lease that it asks for. */
  readonly lease: HeldLease | undefined;
  readonly hasReport: boolean;
  readonly hasLesson: boolean;
}

/** The change that a storage is asked for, and what its last run made. */
export class CommitChange {
  #openedHearing: number | undefined = undefined;
  readonly change: RecordChange;

  constructor(changes: readonly Change[], terms: TermsOfCommit) {
    this.change = inOneWrite(
      changes,
      (apply) => terms.apply(apply),
      (before, after) => {
        this.#openedHearing = hearingOf(after) === hearingOf(before) ? undefined : hearingOf(after);
      },
    );
  }

  /** When the hearing ends that it has opened, by the storage's clock. */
  get openedHearing(): number | undefined {
    return this.#openedHearing;
  }
}

function hearingOf(record: FleetRecord): number | undefined {
  return record.state === 'closed' ? record.hearingEndsAt : undefined;
}
