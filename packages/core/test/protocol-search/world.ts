import type { FleetRecord } from '../../src/fleet/record.js';
import type { Commit, Process } from './process.js';

/** How much time passes at once. */
export const TICK = 100;

/** Everything that the protocol depends on: processes, a storage, and what is on its way between them. Never written to. */
export interface World {
  /** By the clock of every process. */
  readonly time: number;
  readonly storage: Store;
  readonly processes: readonly Process[];
  /** Commits that their senders gave up while they were on their way, and that may land yet. */
  readonly late: readonly Commit[];
  /** What was written, and may be pushed: late, more than once, in any order, never. */
  readonly pushes: readonly FleetRecord[];
  /** How often each thing has happened that happens only so often. */
  readonly spent: Spent;
}

/** What happens only so often, lest there be no end of worlds. */
export type Rarity = keyof typeof NEVER;

export type Spent = Readonly<Record<Rarity, number>>;

/** Nothing of it has happened yet. */
export const NEVER = {
  fail: 0,
  succeed: 0,
  vote: 0,
  ask: 0,
  poll: 0,
  rule: 0,
  tick: 0,
  pause: 0,
  crash: 0,
  'give up': 0,
  forget: 0,
  'fail over': 0,
  step: 0,
};

export interface Store {
  readonly record: FleetRecord | undefined;
  /** What was stored before the last write: a fail-over goes back to it. */
  readonly older: FleetRecord | undefined;
  /** By how much its clock is ahead of the processes'. */
  readonly aheadMs: number;
  /** How often it has lost what was written, or its clock has stepped. */
  readonly losses: number;
}

/** What the storage's clock says. */
export function storageTime({ time, storage }: World): number {
  return time + storage.aheadMs;
}
