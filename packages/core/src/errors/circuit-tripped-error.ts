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
  try {
    if (cause instanceof Error) return `${cause.name}: ${cause.message}`;
  } catch {
    // What was thrown does not even let itself be read: it is handed on all the same.
  }
  return 'what was thrown is its cause';
}
