import type { Circuit } from '../../src/circuit/circuit.js';
import type { Rules } from '../../src/circuit/rules.js';
import type { Bounds } from './bounds.js';
import { normalize } from './normalize.js';
import { NOW, type RuleSet, TICK } from './world.js';

/** Enough for the longest way back: open, half-open with every place held, and every success that it needs. */
const MANY = 20;

/** Whether time and calls that succeed lead back to closed, though no call that is in flight is ever heard of again. */
export function leadsBack(start: Circuit, setting: number, bounds: Bounds, { transition }: RuleSet): boolean {
  const rules = bounds.rules[setting] as Rules;
  let circuit = start;
  for (let turn = 0; turn < MANY; turn++) {
    if (circuit.state === 'closed') return true;
    const lease = { id: `trial-${turn}`, expiresAt: NOW + bounds.trialTimeoutMs };
    circuit = transition(circuit, { type: 'call', lease }, NOW, rules);
    circuit = transition(circuit, { type: 'trial-succeeded', leaseId: lease.id }, NOW, rules);
    circuit = later(circuit, bounds);
  }
  return false;
}

function later(circuit: Circuit, bounds: Bounds): Circuit {
  return normalize({ circuit, calls: [], setting: 0, wins: 0, history: [] }, bounds, TICK).circuit;
}
