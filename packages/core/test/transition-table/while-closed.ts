import { FAILURE, NOTHING, SUCCESS } from '../tallies.js';
import { NOW, type Row } from './case.js';
import { closed, halfOpen, MINE, open } from './circuits.js';

const circuit = closed(7, 0);

export const whileClosed: Row = {
  call: [{ circuit, event: { type: 'call', lease: MINE } }],
  outcome: [
    { when: 'a success with no streak to reset', circuit, event: { type: 'outcome', tally: SUCCESS } },
    {
      when: 'a success that resets a streak',
      circuit: closed(7, 2),
      event: { type: 'outcome', tally: SUCCESS },
      becomes: circuit,
    },
    { when: 'a failure', circuit, event: { type: 'outcome', tally: FAILURE }, becomes: closed(7, 1) },
    {
      when: 'a failure that meets the policy, which trips only when asked to',
      circuit: closed(7, 2),
      event: { type: 'outcome', tally: FAILURE },
      becomes: closed(7, 3),
    },
    {
      when: 'many outcomes at once',
      circuit: closed(7, 2),
      event: { type: 'outcome', tally: { successes: 4, failures: 3, slow: 0, streak: 1, ageMs: 0 } },
      becomes: closed(7, 1),
    },
    {
      when: 'many failures at once',
      circuit: closed(7, 1),
      event: { type: 'outcome', tally: { ...FAILURE, failures: 2, streak: 2 } },
      becomes: closed(7, 3),
    },
    { when: 'no outcome at all', circuit: closed(7, 2), event: { type: 'outcome', tally: NOTHING } },
    {
      when: 'a failure after what another policy had remembered',
      circuit: closed(7, 2, 'another-policy'),
      event: { type: 'outcome', tally: FAILURE },
      becomes: closed(7, 1),
    },
  ],
  trip: [
    { when: 'with the policy not met', circuit: closed(7, 2), event: { type: 'trip' } },
    {
      when: 'with the policy just met',
      circuit: closed(7, 3),
      event: { type: 'trip' },
      becomes: open(8, 1, NOW + 10),
    },
    {
      when: 'with the policy more than met',
      circuit: closed(7, 4),
      event: { type: 'trip' },
      becomes: open(8, 1, NOW + 10),
    },
    {
      when: 'with what another policy had remembered',
      circuit: closed(7, 3, 'another-policy'),
      event: { type: 'trip' },
    },
  ],
  'trial-succeeded': [{ circuit, event: { type: 'trial-succeeded', leaseId: 'mine' } }],
  'trial-failed': [{ circuit, event: { type: 'trial-failed', leaseId: 'mine' } }],
  'trial-ignored': [{ circuit, event: { type: 'trial-ignored', leaseId: 'mine' } }],
  'trial-renewed': [{ circuit, event: { type: 'trial-renewed', lease: MINE } }],
  open: [{ circuit: closed(7, 2), event: { type: 'open' }, becomes: open(8, 1, NOW + 10) }],
  'half-open': [{ circuit: closed(7, 2), event: { type: 'half-open' }, becomes: halfOpen(8, [], { trips: 0 }) }],
  isolate: [{ circuit, event: { type: 'isolate' }, becomes: { state: 'isolated', epoch: 8, trips: 0 } }],
  disable: [{ circuit, event: { type: 'disable' }, becomes: { state: 'disabled', epoch: 8, trips: 0 } }],
  close: [
    { when: 'with something remembered', circuit: closed(7, 2), event: { type: 'close' }, becomes: closed(8, 0) },
    { when: 'with nothing remembered', circuit, event: { type: 'close' }, becomes: closed(8, 0) },
  ],
};
