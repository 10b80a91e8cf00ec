import type { Lease } from '../../src/circuit/lease.js';
import { type FleetRecord, isSameEpoch } from '../../src/fleet/record.js';
import { ALONE } from './committing.js';
import type { Invariants } from './invariants.js';
import type { Part } from './part.js';
import type { Application } from './scene.js';
import { storageTime, type World } from './world.js';

type Settle = Extract<Part, { kind: 'settle' }>;

export const LEASE_INVARIANTS: Invariants = {
  'a record never holds more live leases than places': ({ after }) => {
    const { record } = after.storage;
    return record?.state !== 'half-open' || liveIn(record, storageTime(after)).length <= record.limit;
  },

  'no more trials of a round run than it has places, times one plus what the storage has lost': ({ after }) => {
    const { record, losses } = after.storage;
    if (record?.state !== 'half-open') return true;
    return runningIn(after, record.era) <= record.limit * (1 + losses);
  },

  'an open circuit becomes half-open only when the storage says that it is due, or by hand': ({ applied }) =>
    applied.every(({ part, before, after, now }) => {
      if (part.kind === 'force' || part.kind === 'teach') return true;
      if (before.state !== 'open' || after.state !== 'half-open') return true;
      return now >= before.openUntilAt || now < before.changedAt - 1_000;
    }),

  'a settlement uses up its own lease, once, and changes nothing where that is gone': ({ applied }) =>
    settlements(applied).every(({ part, before, after }) => {
      const own = leasesOf(before).find(({ expiresAt, id }) => id === part.leaseId && expiresAt === part.expiresAt);
      if (own === undefined) return after === before;
      if (!isSameEpoch(before, after)) return true;
      return isSame(
        leasesOf(after),
        leasesOf(before).filter((lease) => lease !== own),
      );
    }),

  'a success of a round counts one, and closes at as many as it needs, no fewer and no more': ({ applied }) =>
    settlements(applied).every(({ part, before, after }) => {
      if (before.state !== 'half-open' || part.verdict !== 'success' || after === before) return true;
      if (after.state === 'closed') return before.successes + 1 >= before.need;
      return after.state === 'half-open' && after.successes === before.successes + 1 && after.successes < after.need;
    }),

  'a failed trial opens the circuit at once': ({ applied }) =>
    settlements(applied).every(
      ({ part, before, after }) => part.verdict !== 'failure' || after === before || after.state === 'open',
    ),

  'a live lease goes only with its own trial, with its round, or with a step of the clock': ({ applied }) =>
    applied.every(({ part, before, after, now }) => {
      if (part.kind !== 'acquire' || before.state !== 'half-open') return true;
      if (now < before.changedAt - 1_000) return true;
      return liveIn(before, now).every((lease) => leasesOf(after).some((other) => isSame(other, lease)));
    }),
};

function settlements(applied: readonly Application[]): readonly (Application & { readonly part: Settle })[] {
  return applied.filter((each): each is Application & { readonly part: Settle } => each.part.kind === 'settle');
}

/** The trials of a round that run still, but for those that processes have let themselves. */
function runningIn({ processes, time }: World, era: string | undefined): number {
  return processes.filter(
    ({ trial }) => trial?.era === era && !trial?.leaseId.endsWith(ALONE) && time < (trial?.deadlineAt ?? 0),
  ).length;
}

function leasesOf(record: FleetRecord): readonly Lease[] {
  return record.state === 'half-open' ? record.leases : [];
}

function liveIn(record: FleetRecord, now: number): readonly Lease[] {
  return leasesOf(record).filter(({ expiresAt }) => now < expiresAt);
}

/** Whether two pieces of plain data are equal. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
