import { type EpochId, type FleetRecord, isKept, isNewer, isSameEpoch } from '../../src/fleet/record.js';
import { ALONE } from './committing.js';
import type { Invariants } from './invariants.js';
import type { TracedMemory } from './traced-policy.js';
import { storageTime, type World } from './world.js';

/** The changes of state that are not made by hand: by what, from, to. */
const LEGAL_CHANGES = [
  'report closed open',
  'acquire open half-open',
  'settle half-open closed',
  'settle half-open open',
];

const RULED_STATES = {
  open: 'open',
  'half-open': 'half-open',
  isolate: 'isolated',
  disable: 'disabled',
  close: 'closed',
} as const;

export const EPOCH_INVARIANTS: Invariants = {
  'only legal changes of state happen': ({ applied }) =>
    applied.every(({ part, before, after }) => {
      if (part.kind === 'force') return after.state === RULED_STATES[part.ruling];
      if (part.kind === 'teach' || after.state === before.state) return true;
      return LEGAL_CHANGES.includes(`${part.kind} ${before.state} ${after.state}`);
    }),

  'a commit that is declined writes nothing': ({ applied, before, after }) => {
    const isDeclined = applied.every((each) => each.after === each.before);
    return applied.length === 0 || !isDeclined || after.storage.record === before.storage.record;
  },

  'what is written is newer than what was stored': ({ applied, before, after }) => {
    const { record: was } = before.storage;
    const { record: is } = after.storage;
    return applied.length === 0 || was === is || was === undefined || is === undefined || isNewer(is, was);
  },

  'only a change of state, or a close, begins an epoch': ({ applied }) =>
    applied.every(({ part, before, after }) => {
      if (part.kind === 'teach') return true;
      const isClose = part.kind === 'force' && part.ruling === 'close';
      return isSameEpoch(before, after) === !(isClose || before.state !== after.state);
    }),

  'a new epoch is above all that its maker has seen': ({ applied }) =>
    applied.every(({ part, commit, before, after }) => {
      if (part.kind === 'teach' || isSameEpoch(before, after)) return true;
      return after.epoch > Math.max(before.epoch, commit.seenEpoch);
    }),

  'an epoch and era are begun once': ({ applied, before }) =>
    applied.every(
      ({ part, before: record, after }) =>
        part.kind === 'teach' ||
        isSameEpoch(record, after) ||
        !epochsIn(before).some((epoch) => isSameEpoch(epoch, after)),
    ),

  'a report of another epoch changes nothing': ({ applied }) =>
    applied.every(
      ({ part, before, after }) => part.kind !== 'report' || after === before || isSameEpoch(part.epoch, before),
    ),

  'no outcome counts in another era than its own': ({ applied }) =>
    applied.every(({ part, before, after }) => {
      if (part.kind !== 'report' || after === before || before.era === undefined) return true;
      return part.outcomes.every(({ name }) => name.endsWith(`@${before.epoch}:${before.era}`));
    }),

  'a record remembers no outcome twice': ({ after }) => {
    const failures = failuresOf(after.storage.record);
    return new Set(failures).size === failures.length;
  },

  'what a process did alone never reaches the storage': ({ before, after }) => {
    const { record } = after.storage;
    return record === undefined || record === before.storage.record || !JSON.stringify(record).includes(ALONE);
  },

  'what need not be kept any more is not taught': ({ applied }) =>
    applied.every(({ part, before, after, now }) => part.kind !== 'teach' || after === before || isKept(after, now)),

  'a record is kept at least as long as it means something': ({ applied, after }) => {
    const { record } = after.storage;
    if (applied.length === 0 || record?.keepUntilAt === undefined) return true;
    return record.keepUntilAt >= Math.max(storageTime(after), ...instantsOf(record));
  },
};

/** Every epoch that anybody knows of. */
function epochsIn({ storage, processes, pushes }: World): readonly EpochId[] {
  const known = processes.flatMap(({ view, operation }) => [view.record, operation?.answer?.record]);
  return [storage.record, storage.older, ...known, ...pushes].filter((record) => record !== undefined);
}

export function failuresOf(record: FleetRecord | undefined): readonly string[] {
  return record?.state === 'closed' ? ((record.memory as Partial<TracedMemory>).of ?? []) : [];
}

function instantsOf(record: FleetRecord): readonly number[] {
  switch (record.state) {
    case 'open':
      return [record.openUntilAt];
    case 'half-open':
      return record.leases.map(({ expiresAt }) => expiresAt);
    default:
      return [];
  }
}
