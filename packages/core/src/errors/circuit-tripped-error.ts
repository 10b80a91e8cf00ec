import { brand } from './brand.js';
import { CircuitBreakerError } from './circuit-breaker-error.js';

/**
 * The call failed, and with it the circuit opened. Its `cause` is what the call failed with, and has the stack trace: its own
 * would lead into the breaker only.
 */
export class CircuitTrippedError extends CircuitBreakerError {
  declare readonly name: 'CircuitTrippedError';
  readonly code = 'ERR_CIRCUIT_TRIPPED';

  constructor(circuit: string, cause: unknown) {
    super(circuit, `Circuit "${circuit}" opened with the failure of this call: ${summarize(cause)}`, { cause });
  }
}

brand(CircuitTrippedError, 'CircuitTrippedError');

function summarize(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : 'what was thrown is its cause';
}
