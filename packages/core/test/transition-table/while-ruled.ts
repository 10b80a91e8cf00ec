import type { DisabledCircuit } from '../../src/circuit/disabled.js';
import type { IsolatedCircuit } from '../../src/circuit/isolated.js';
import { FAILURE, SUCCESS } from '../tallies.js';
import { NOW, type Row } from './case.js';
import { closed, halfOpen, MINE, open } from './circuits.js';

const isolated: IsolatedCircuit = { state: 'isolated', epoch: 7, trips: 2 };
const disabled: DisabledCircuit = { state: 'disabled', epoch: 7, trips: 2 };

export const whileIsolated: Row = {
  ...rowOf(isolated),
  isolate: [{ circuit: isolated, event: { type: 'isolate' } }],
};

export const whileDisabled: Row = {
  ...rowOf(disabled),
  disable: [{ circuit: disabled, event: { type: 'disable' } }],
};

/** Nothing but another ruling moves a circuit that somebody isolated or disabled. */
function rowOf(circuit: IsolatedCircuit | DisabledCircuit): Row {
  return {
    call: [{ circuit, event: { type: 'call', lease: MINE } }],
    outcome: [
      { when: 'a success', circuit, event: { type: 'outcome', tally: SUCCESS } },
      { when: 'a failure', circuit, event: { type: 'outcome', tally: FAILURE } },
    ],
    trip: [{ circuit, event: { type: 'trip' } }],
    'trial-succeeded': [{ circuit, event: { type: 'trial-succeeded', leaseId: 'mine' } }],
    'trial-failed': [{ circuit, event: { type: 'trial-failed', leaseId: 'mine' } }],
    'trial-ignored': [{ circuit, event: { type: 'trial-ignored', leaseId: 'mine' } }],
    'trial-renewed': [{ circuit, event: { type: 'trial-renewed', lease: MINE } }],
    open: [
      { when: 'after trips', circuit, event: { type: 'open' }, becomes: open(8, 2, NOW + 20) },
      {
        when: 'without a trip since it was closed',
        circuit: { ...circuit, trips: 0 },
        event: { type: 'open' },
        becomes: open(8, 1, NOW + 10),
      },
    ],
    'half-open': [{ circuit, event: { type: 'half-open' }, becomes: halfOpen(8, []) }],
    isolate: [{ circuit, event: { type: 'isolate' }, becomes: { state: 'isolated', epoch: 8, trips: 2 } }],
    disable: [{ circuit, event: { type: 'disable' }, becomes: { state: 'disabled', epoch: 8, trips: 2 } }],
    close: [{ circuit, event: { type: 'close' }, becomes: closed(8, 0) }],
  };
}
