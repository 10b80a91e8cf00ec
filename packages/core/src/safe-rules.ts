import type { Circuit } from './circuit/circuit.js';
import { closedCircuit } from './circuit/closed.js';
import type { Rules } from './circuit/rules.js';
import { type FaultReporter, openForMs } from './open-for.js';
import type { TripPolicy } from './policy/trip-policy.js';
import { DEFAULT_POLICY, type Settings } from './settings.js';

/** What every breaker of the default policy begins with: it is never changed in place. */
const FIRST_CIRCUIT = closedCircuit(0, DEFAULT_POLICY);

/** The circuit that a breaker of that policy begins with. */
export function firstCircuit(policy: TripPolicy): Circuit {
  if (policy === DEFAULT_POLICY) return FIRST_CIRCUIT;
  try {
    return closedCircuit(0, policy);
  } catch {
    // The first outcome meets the fault again, when somebody can be told.
    return FIRST_CIRCUIT;
  }
}

/** The rules by those settings, but for a trip policy that throws: the default one stands in. */
export function safeRules(
  { maxTrials, successThreshold, resetTimeoutMs, random }: Settings,
  faults: FaultReporter,
): Rules {
  return {
    policy: DEFAULT_POLICY,
    maxTrials,
    successThreshold,
    openForMs: (trips) => openForMs(resetTimeoutMs, trips, random, faults),
  };
}
