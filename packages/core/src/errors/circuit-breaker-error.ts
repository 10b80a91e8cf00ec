import { brand } from './brand.js';

/** The base of every error that a breaker makes of its own. Each has a `code` that stays and the name of the breaker. */
export class CircuitBreakerError extends Error {
  /** The name of the breaker. */
  readonly circuit: string;

  constructor(circuit: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.circuit = circuit;
  }
}

brand(CircuitBreakerError, 'CircuitBreakerError');
