import { acquire } from '../../src/fleet/change/acquire.js';
import { force } from '../../src/fleet/change/force.js';
import { report } from '../../src/fleet/change/report.js';
import { settle } from '../../src/fleet/change/settle.js';
import { teach } from '../../src/fleet/change/teach.js';
import { reconcile } from '../../src/fleet/reconcile.js';
import { type FleetRecord, isNewer, isSameEpoch } from '../../src/fleet/record.js';
import type { RecordChange } from '../../src/storage/circuit-storage.js';
import type { Alone, Call, Outcome, Ruled, Sight } from './process.js';

/** What is searched: the real changes and the real rule of reconciliation, and how processes and storages use them. Or a mutant. */
export interface Protocol {
  readonly acquire: typeof acquire;
  readonly force: typeof force;
  readonly report: typeof report;
  readonly settle: typeof settle;
  readonly teach: typeof teach;
  readonly reconcile: typeof reconcile;
  /** What is written for a commit. */
  written(change: RecordChange): RecordChange;
  /** Whether a storage writes only where nobody else has written since it read. */
  readonly comparesAndSwaps: boolean;
  /** Draws an era. */
  draw(name: string): string;
  /** The highest epoch that a commit takes along. */
  highestEpoch(view: Sight): number;
  /** Whether a pushed record replaces the view. */
  believes(view: Sight, pushed: FleetRecord): boolean;
  /** Whether an outcome is gathered. */
  mayCount(call: Call): boolean;
  /** What stays of what was gathered when a new epoch begins. */
  leftOver(gathered: readonly Outcome[]): readonly Outcome[];
  /** What stays of it when a streak of failures begins or shrinks. */
  fitting(gathered: readonly Outcome[]): readonly Outcome[];
  /** When a trial must stop. */
  deadlineAt(askedAt: number, answeredAt: number, trialTimeoutMs: number): number;
  /** What a storage that has come back may be taught. */
  lessonOf(outage: Alone): FleetRecord | undefined;
  /** Whether a ruling that was made alone is made again when the storage is back. */
  rulesAgain(ruled: Ruled, view: Sight): boolean;
  /** What is sent again of outcomes that were in a commit which failed. */
  inDoubt(outcomes: readonly Outcome[]): readonly Outcome[];
}

export const REAL_PROTOCOL: Protocol = {
  acquire,
  force,
  report,
  settle,
  teach,
  reconcile,
  written: (change) => change,
  comparesAndSwaps: true,
  draw: (name) => name,
  highestEpoch: (view) => view.highestEpoch,
  believes: ({ isKnown, record }, pushed) => isKnown && (record === undefined || isNewer(pushed, record)),
  mayCount: ({ isOfThisEpoch }) => isOfThisEpoch,
  leftOver: () => [],
  fitting: (gathered) => gathered.slice(gathered.findLastIndex(({ verdict }) => verdict === 'success') + 1),
  deadlineAt: (askedAt, _answeredAt, trialTimeoutMs) => askedAt + trialTimeoutMs * 0.99,
  lessonOf: ({ left }) => left,
  rulesAgain: ({ epoch }, { record }) => isSameEpoch(epoch, record ?? { epoch: 0 }),
  inDoubt: () => [],
};
