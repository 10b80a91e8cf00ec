import type { Change } from '../../src/fleet/change/change.js';
import { having, type Mutant, seeing } from './mutant.js';

export const CLOCK_MUTANTS: readonly Mutant[] = [
  {
    name: 'a step of the clock is nothing to leases',
    breaks: 'once faults stop, time and successful calls alone lead back to closed',
    within: 'steps of the clock among leases',
    of: having(({ acquire }) => ({ acquire: (...lease) => unawareOfSteps(acquire(...lease)) })),
  },
  {
    name: 'a step of the clock is nothing to hearings',
    breaks: 'where every call fails, the fleet opens within three hearings',
    within: 'steps of the clock among reports',
    of: having(({ report }) => ({ report: (...evidence) => unawareOfSteps(report(...evidence)) })),
  },
];

function unawareOfSteps(change: Change): Change {
  return seeing((record, now) => ({ ...record, changedAt: Math.min(record.changedAt, now) }), change);
}
