import type { FleetRecord } from '../../src/fleet/record.js';
import { having, type Mutant } from './mutant.js';

export const VIEW_MUTANTS: readonly Mutant[] = [
  {
    name: 'what a storage answers is always adopted',
    breaks: 'a view goes back only where the storage has lost something, and then only from closed',
    within: 'a storage that forgets',
    of: having(() => ({ reconcile: () => 'adopt' })),
  },
  {
    name: 'what a storage answers with the same numbers is not adopted',
    breaks: 'once faults stop, polls make every view what is stored',
    within: 'a fail-over among reports',
    of: having(({ reconcile }) => ({
      reconcile: (view, stored, ...rest) => (hasSameNumbers(view, stored) ? 'teach' : reconcile(view, stored, ...rest)),
    })),
  },
  {
    name: 'a storage is always taught',
    breaks: 'once faults stop, time and successful calls alone lead back to closed',
    within: 'leases and settlements, two places',
    of: having(() => ({ reconcile: (view) => (view === undefined ? 'adopt' : 'teach') })),
  },
  {
    name: 'an answer counts though the view has changed since the question',
    breaks: 'a view goes back only where the storage has lost something, and then only from closed',
    within: 'calls that outlive a round, and pushes',
    of: having(({ reconcile }) => ({
      reconcile: (view, stored, _hasMoved, now) => reconcile(view, stored, false, now),
    })),
  },
  {
    name: 'every hint is believed',
    breaks: 'a hint alone never takes a view back',
    within: 'calls that outlive a round, and pushes',
    of: having(() => ({ believes: ({ isKnown }) => isKnown })),
  },
  {
    name: 'a storage is taught whatever it knows',
    breaks: 'what is written is newer than what was stored',
    within: 'leases and settlements, one place',
    of: having(() => ({ teach: (lesson) => () => lesson })),
  },
  {
    name: 'what has expired is taught',
    breaks: 'what need not be kept any more is not taught',
    within: 'a silence in which records expire',
    of: having(({ teach }) => ({
      teach: (lesson) => (record, _now, terms) => teach(lesson)(record, Number.NEGATIVE_INFINITY, terms),
    })),
  },
  {
    name: 'what a process found alone is taught',
    breaks: 'what a process did alone never reaches the storage',
    within: 'alone and back, from open',
    of: having(() => ({ lessonOf: ({ record }) => record })),
  },
  {
    name: 'a ruling that was made alone is forgotten',
    breaks: 'a ruling that was made alone is made again when the storage is back, while its state lasts, and no other',
    within: 'rulings in doubt',
    of: having(() => ({ rulesAgain: () => false })),
  },
  {
    name: 'a ruling that was made alone is made again though its state is over',
    breaks: 'a ruling that was made alone is made again when the storage is back, while its state lasts, and no other',
    within: 'rulings in doubt, and a trial',
    of: having(() => ({ rulesAgain: () => true })),
  },
];

function hasSameNumbers(view: FleetRecord | undefined, stored: FleetRecord | undefined): boolean {
  return stored !== undefined && view?.epoch === stored.epoch && view.revision === stored.revision;
}
