import type { Circuit } from './circuit/circuit.js';
import { retryAfterMs } from './circuit/retry-after.js';
import { CircuitOpenError, type CircuitOpenErrorFacts } from './errors/circuit-open-error.js';
import { withoutStackTrace } from './errors/without-stack-trace.js';

const REASONS = { open: 'open', 'half-open': 'trial-limit', isolated: 'isolated' } as const;

/** The error of a call that the circuit does not let pass. */
export function rejectionOf(name: string, circuit: Circuit, now: number, withStackTrace: boolean): CircuitOpenError {
  const state = circuit.state as CircuitOpenErrorFacts['state'];
  const facts = { state, reason: REASONS[state], retryAfterMs: retryAfterMs(circuit, now) };
  const make = () => new CircuitOpenError(name, facts);
  return withStackTrace ? make() : withoutStackTrace(make);
}
