import { FAILURE, SUCCESS } from '../tallies.js';
import { NOW, type Row } from './case.js';
import { closed, halfOpen, MINE, open } from './circuits.js';

const notDue = open(7, 2, NOW + 1);
const due = open(7, 2, NOW);
const longDue = open(7, 2, NOW - 5_000);

export const whileOpen: Row = {
  call: [
    { when: 'a moment before it is due', circuit: notDue, event: { type: 'call', lease: MINE } },
    { when: 'just when it is due', circuit: due, event: { type: 'call', lease: MINE }, becomes: halfOpen(8, [MINE]) },
    { when: 'long after', circuit: longDue, event: { type: 'call', lease: MINE }, becomes: halfOpen(8, [MINE]) },
    {
      when: 'by the limits of now',
      circuit: due,
      event: { type: 'call', lease: MINE },
      rules: { maxTrials: 5, successThreshold: 4 },
      becomes: halfOpen(8, [MINE], { limit: 5, need: 4 }),
    },
  ],
  outcome: [
    { when: 'a success', circuit: due, event: { type: 'outcome', tally: SUCCESS } },
    { when: 'a failure', circuit: notDue, event: { type: 'outcome', tally: FAILURE } },
  ],
  trip: [{ circuit: notDue, event: { type: 'trip' } }],
  'trial-succeeded': [{ circuit: due, event: { type: 'trial-succeeded', leaseId: 'mine' } }],
  'trial-failed': [{ circuit: due, event: { type: 'trial-failed', leaseId: 'mine' } }],
  'trial-ignored': [{ circuit: due, event: { type: 'trial-ignored', leaseId: 'mine' } }],
  'trial-renewed': [{ circuit: due, event: { type: 'trial-renewed', lease: MINE } }],
  open: [
    { when: 'before it is due', circuit: notDue, event: { type: 'open' } },
    { when: 'when it is due, for it stays so', circuit: longDue, event: { type: 'open' } },
  ],
  'half-open': [
    { when: 'before it is due', circuit: notDue, event: { type: 'half-open' }, becomes: halfOpen(8, []) },
    { when: 'when it is due', circuit: due, event: { type: 'half-open' }, becomes: halfOpen(8, []) },
  ],
  isolate: [{ circuit: notDue, event: { type: 'isolate' }, becomes: { state: 'isolated', epoch: 8, trips: 2 } }],
  disable: [{ circuit: notDue, event: { type: 'disable' }, becomes: { state: 'disabled', epoch: 8, trips: 2 } }],
  close: [{ circuit: notDue, event: { type: 'close' }, becomes: closed(8, 0) }],
};
