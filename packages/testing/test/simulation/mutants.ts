import type { CircuitRecord } from '@breaker/core';
import { leasesOf } from '../../src/simulation/stored-circuit.js';
import { around, begins, type Mutant, pretending, Stale, seeing, writing } from './mutant.js';
import { CLOCK_GONE_BACK, CRASHED_HOLDER, ISOLATED_UNHEARD, ONE_BAD_PROCESS, OUTAGE } from './schedules.js';

let clocks = 0;

/** What a storage promises, not kept. */
const STORAGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'update: nothing is written between what the change saw and what it gave',
    breaks: [1, 2, 3, 4],
    wrap: (storage) =>
      around(storage, {
        update: async (name, change) => {
          const seen = await storage.read(name);
          const after = change(seen.record, seen.now);
          return after === undefined ? seen : storage.update(name, () => after);
        },
      }),
  },
  {
    name: 'update: applied once',
    breaks: [2, 4],
    wrap: (storage) =>
      around(storage, {
        update: async (name, change) => {
          let after: CircuitRecord | undefined;
          await storage.update(name, (record, now) => {
            after = change(record, now);
            return after;
          });
          return storage.update(name, () => after);
        },
      }),
  },
  {
    name: 'update: declined, so nothing is written',
    breaks: [10],
    wrap: (storage) =>
      around(storage, {
        update: (name, change) =>
          storage.update(name, (record, now) => {
            const seen = record as CircuitRecord & { readonly revision: number };
            return change(record, now) ?? (seen && ({ ...seen, revision: seen.revision + 1 } as CircuitRecord));
          }),
      }),
  },
  {
    name: 'read: answers what is stored',
    breaks: [7, 8],
    wrap: (storage) => {
      const stale = new Stale();
      return around(storage, { read: async (name) => stale.answer(await storage.read(name)) });
    },
  },
  {
    name: 'update: answers what was written',
    breaks: [1, 6, 7, 8, 14],
    wrap: (storage) =>
      around(storage, {
        update: async (name, change) => {
          const seen = await storage.read(name);
          return { ...seen, record: change(seen.record, seen.now) ?? seen.record };
        },
      }),
  },
  {
    name: 'now: the clock of the storage, not that of a process',
    breaks: [1, 14],
    wrap: (storage) => {
      const aheadMs = 1e6 * clocks++;
      return around(storage, {
        update: (name, change) => storage.update(name, (record, now) => change(record, now + aheadMs)),
      });
    },
  },
  {
    name: 'subscribe: tells of what others write',
    breaks: [14],
    simulation: { processes: 2, schedule: ONE_BAD_PROCESS },
    wrap: (storage) => around(storage, { subscribe: () => () => undefined }),
  },
  {
    name: 'subscribe: ends when it is told to',
    breaks: [12],
    wrap: (storage) =>
      around(storage, {
        subscribe: (name, onPush) => {
          storage.subscribe?.(name, onPush);
          return () => undefined;
        },
      }),
  },
  {
    name: 'keepUntilAt: kept as long',
    breaks: [14],
    wrap: writing(({ after, now }) => ({ ...after, keepUntilAt: now + 100 })),
  },
];

/** What every write does to the identity of the record. */
const LINEAGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'a change of state takes the next epoch',
    breaks: [2],
    wrap: writing((write) => ({ ...write.after, ...(begins(write) && { epoch: write.before?.epoch }) })),
  },
  {
    name: 'an epoch has an era',
    breaks: [2],
    wrap: writing(({ after }) => ({ ...after, era: undefined })),
  },
  {
    name: 'an epoch has an era of its own',
    breaks: [2],
    wrap: writing((write) => ({
      ...write.after,
      ...(begins(write) && { epoch: write.before?.epoch, era: write.before?.era }),
    })),
  },
  {
    name: 'revision grows with every write',
    breaks: [2],
    wrap: writing((write) => ({ ...write.after, ...(!begins(write) && { revision: write.before?.revision ?? 1 }) })),
  },
];

/** The guards of the changes. */
const CHANGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'acquire: fewer live leases than places',
    breaks: [1, 4],
    wrap: writing(({ before, after }) => {
      const kept = leasesOf(before).filter(({ id }) => !leasesOf(after).some((lease) => lease.id === id));
      return after.state === 'half-open' ? { ...after, leases: [...kept, ...after.leases] } : after;
    }),
  },
  {
    name: 'acquire: open and due, by the clock of the storage',
    breaks: [3],
    simulation: { faults: ['storage-clock', 'process-clock'] },
    wrap: seeing((record, now) => (record.state === 'open' ? { ...record, openUntilAt: now } : record)),
  },
  {
    name: 'acquire: a place of the round is free',
    breaks: [1],
    wrap: pretending('half-open', (record) => ({ limit: record.limit + 3 })),
  },
  {
    name: 'acquire: leases past their deadline are dropped',
    breaks: [6],
    simulation: { processes: 2, options: { maxTrials: 1 }, schedule: CRASHED_HOLDER },
    wrap: pretending('half-open', ({ leases }) => ({ leases: leases.map((lease) => ({ ...lease, expiresAt: 1e12 })) })),
  },
  {
    name: 'acquire: nothing where it is isolated',
    breaks: [3],
    simulation: { processes: 2, schedule: ISOLATED_UNHEARD },
    wrap: seeing((record, now) =>
      record.state === 'isolated' ? { ...record, state: 'open', openUntilAt: now } : record,
    ),
  },
  {
    name: 'acquire: a round keeps its limits',
    breaks: [1, 2],
    wrap: writing(({ after }) => (after.state === 'half-open' ? { ...after, limit: 5 } : after)),
  },
  {
    name: 'all: where the clock of the storage went back, what is open is due',
    breaks: [6],
    simulation: { processes: 2, schedule: CLOCK_GONE_BACK },
    wrap: (storage) => {
      const old = (record: unknown) => record && { ...record, changedAt: -1e12 };
      return around(storage, {
        read: async (name) => {
          const { record, now } = await storage.read(name);
          return { record: old(record), now };
        },
        update: async (name, change) => {
          const { record, now } = await storage.update(name, (stored, at) => change(old(stored), at));
          return { record: old(record), now };
        },
        subscribe: (name, onPush) => storage.subscribe?.(name, (record) => onPush(old(record))) ?? (() => undefined),
      });
    },
  },
  {
    name: 'settle: the lease is in the record',
    breaks: [4, 5],
    wrap: writing(({ before, after }) =>
      after.state === 'half-open' && leasesOf(before).length > after.leases.length
        ? { ...after, successes: after.successes + 1 }
        : after,
    ),
  },
  {
    name: 'settle: removes the lease',
    breaks: [1, 4, 6],
    wrap: writing(({ before, after }) =>
      after.state === 'half-open' && before?.state === 'half-open' && after.successes > before.successes
        ? { ...after, leases: before.leases }
        : after,
    ),
  },
  {
    name: 'settle: removes no other lease',
    breaks: [4],
    wrap: writing(({ before, after }) =>
      after.state === 'half-open' && leasesOf(before).length > after.leases.length ? { ...after, leases: [] } : after,
    ),
  },
  {
    name: 'settle: closed at as many successes as the round needs',
    breaks: [5],
    wrap: pretending('half-open', () => ({ need: 1 })),
  },
  {
    name: 'report: nothing trips before the end of its hearing',
    breaks: [14],
    simulation: { processes: 2, schedule: ONE_BAD_PROCESS },
    wrap: seeing((record, now) => (record.state === 'closed' ? { ...record, hearingEndsAt: now } : record)),
  },
  {
    name: 'report: what failed in a hearing that is over trips',
    breaks: [14],
    simulation: { processes: 2, schedule: OUTAGE },
    wrap: writing(({ after, now }) => (after.state === 'closed' ? { ...after, hearingEndsAt: now + 1_000 } : after)),
  },
  {
    name: 'report: the fleet remembers nothing of before it closed',
    breaks: [4, 5],
    wrap: writing((write) =>
      write.after.state === 'closed' && begins(write) ? { ...write.after, memory: 2 } : write.after,
    ),
  },
];

export const MUTANTS: readonly Mutant[] = [...STORAGE_MUTANTS, ...LINEAGE_MUTANTS, ...CHANGE_MUTANTS];
