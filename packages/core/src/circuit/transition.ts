import type { Circuit } from './circuit.js';
import { type ClosedCircuit, closedCircuit, meetsPolicy, remember } from './closed.js';
import { disabledCircuit } from './disabled.js';
import type { CircuitEvent } from './event.js';
import {
  countSuccess,
  grantLease,
  type HalfOpenCircuit,
  halfOpenCircuit,
  hasAlmostRecovered,
  holdsLease,
  releaseLease,
  renewLease,
} from './half-open.js';
import { isolatedCircuit } from './isolated.js';
import { isDue, type OpenCircuit, openAfterTrip, openByHand } from './open.js';
import type { Rules } from './rules.js';

/**
 * The whole state machine: what becomes of a circuit when something happens to it at `now`.
 *
 * Pure, but for a policy that changes its own memory in place. "Nothing to do" gives back the very same object.
 */
export function transition(circuit: Circuit, event: CircuitEvent, now: number, rules: Rules): Circuit {
  switch (circuit.state) {
    case 'closed':
      return whileClosed(circuit, event, now, rules);
    case 'open':
      return whileOpen(circuit, event, now, rules);
    case 'half-open':
      return whileHalfOpen(circuit, event, now, rules);
    case 'isolated':
    case 'disabled':
      return byHand(circuit, event, now, rules);
  }
}

function whileClosed(circuit: ClosedCircuit, event: CircuitEvent, now: number, rules: Rules): Circuit {
  switch (event.type) {
    case 'outcome':
      return remember(circuit, event.tally, now, rules.policy);
    case 'trip':
      return meetsPolicy(circuit, now, rules.policy) ? openAfterTrip(circuit, now, rules) : circuit;
    default:
      return byHand(circuit, event, now, rules);
  }
}

function whileOpen(circuit: OpenCircuit, event: CircuitEvent, now: number, rules: Rules): Circuit {
  if (event.type !== 'call') return byHand(circuit, event, now, rules);
  return isDue(circuit, now) ? halfOpenCircuit(circuit, rules, [event.lease]) : circuit;
}

function whileHalfOpen(circuit: HalfOpenCircuit, event: CircuitEvent, now: number, rules: Rules): Circuit {
  switch (event.type) {
    case 'call':
      return grantLease(circuit, event.lease, now);
    case 'trial-renewed':
      return renewLease(circuit, event.lease);
    case 'trial-ignored':
      return releaseLease(circuit, event.leaseId);
    case 'trial-succeeded':
      return holdsLease(circuit, event.leaseId) ? afterSuccess(circuit, event.leaseId, rules) : circuit;
    case 'trial-failed':
      return holdsLease(circuit, event.leaseId) ? openAfterTrip(circuit, now, rules) : circuit;
    default:
      return byHand(circuit, event, now, rules);
  }
}

function afterSuccess(circuit: HalfOpenCircuit, leaseId: string, rules: Rules): Circuit {
  return hasAlmostRecovered(circuit) ? closedCircuit(circuit.epoch + 1, rules.policy) : countSuccess(circuit, leaseId);
}

/** The rulings, the same in every state: the state asked for; the one it already has changes nothing. */
function byHand(circuit: Circuit, event: CircuitEvent, now: number, rules: Rules): Circuit {
  switch (event.type) {
    case 'close':
      return closedCircuit(circuit.epoch + 1, rules.policy);
    case 'open':
      return circuit.state === 'open' ? circuit : openByHand(circuit, now, rules);
    case 'half-open':
      return circuit.state === 'half-open' ? circuit : halfOpenCircuit(circuit, rules);
    case 'isolate':
      return circuit.state === 'isolated' ? circuit : isolatedCircuit(circuit);
    case 'disable':
      return circuit.state === 'disabled' ? circuit : disabledCircuit(circuit);
    default:
      return circuit;
  }
}
