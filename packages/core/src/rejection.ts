import type { Circuit } from './circuit/circuit.js';
import { isDue } from './circuit/open.js';
import { retryAfterMs } from './circuit/retry-after.js';
import { CircuitOpenError, type CircuitOpenErrorFacts, type RejectionReason } from './errors/circuit-open-error.js';
import { withoutStackTrace } from './errors/without-stack-trace.js';

/** The error of a call that the circuit does not let pass. */
export function rejectionOf(name: string, circuit: Circuit, now: number, withStackTrace: boolean): CircuitOpenError {
  const state = circuit.state as CircuitOpenErrorFacts['state'];
  const reason = reasonOf(circuit, now);
  // Where a place is free all the same, it is being asked for.
  const facts = {
    state,
    reason,
    retryAfterMs: retryAfterMs(circuit, now) ?? (reason === 'trial-limit' ? 0 : undefined),
  };
  const make = () => new CircuitOpenError(name, facts);
  return withStackTrace ? make() : withoutStackTrace(make);
}

function reasonOf(circuit: Circuit, now: number): RejectionReason {
  if (circuit.state === 'isolated') return 'isolated';
  return circuit.state === 'open' && !isDue(circuit, now) ? 'open' : 'trial-limit';
}
