import { brand, isBranded } from './brand.js';

/**
 * The base of every error that a breaker makes of its own. Each has a `code` that stays and the name of the breaker.
 *
 * `instanceof` goes by a brand, so that it holds across two copies of this package (ESM and CJS) in one process.
 */
export class CircuitBreakerError extends Error {
  /** The name of the breaker. */
  readonly circuit: string;

  constructor(circuit: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.circuit = circuit;
  }

  /** Whether a value is an error of this class, of whatever copy of the package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isBranded(this, value) ?? Function.prototype[Symbol.hasInstance].call(this, value);
  }
}

brand(CircuitBreakerError, 'CircuitBreakerError');
