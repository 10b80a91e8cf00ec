import type { CircuitRecord } from '../../src/storage/circuit-storage.js';
import { having, type Mutant } from './mutant.js';

export const WRITE_MUTANTS: readonly Mutant[] = [
  {
    name: 'there is no compare-and-swap',
    breaks: 'what is written is newer than what was stored',
    within: 'leases and settlements, one place',
    of: having(() => ({ comparesAndSwaps: false })),
  },
  {
    name: 'the revision is not raised',
    breaks: 'what is written is newer than what was stored',
    within: 'leases and settlements, two places',
    of: having(() => ({
      written: (change) => (stored, now) => {
        const record = change(stored, now);
        const revision = (stored as { revision?: number } | undefined)?.revision ?? 0;
        return record && { ...record, revision };
      },
    })),
  },
  {
    name: 'a declined change keeps the record alive',
    breaks: 'a commit that is declined writes nothing',
    within: 'leases and settlements, one place',
    of: having(() => ({
      written: (change) => (stored, now) => change(stored, now) ?? keptLonger(stored, now),
    })),
  },
  {
    name: 'a record is not kept as long as it is open',
    breaks: 'a record is kept at least as long as it means something',
    within: 'leases and settlements, two places',
    of: having(() => ({
      written: (change) => (stored, now) => {
        const record = change(stored, now);
        return record && { ...record, keepUntilAt: now };
      },
    })),
  },
];

function keptLonger(stored: unknown, now: number): CircuitRecord | undefined {
  return stored === undefined ? undefined : { ...(stored as CircuitRecord), keepUntilAt: now + 100_000 };
}
