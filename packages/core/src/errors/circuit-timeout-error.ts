import { brand } from './brand.js';
import { CircuitBreakerError } from './circuit-breaker-error.js';

/** The call was still pending at its deadline. Its signal has been aborted, with this error as the reason. */
export class CircuitTimeoutError extends CircuitBreakerError {
  declare readonly name: 'CircuitTimeoutError';
  readonly code = 'ERR_CIRCUIT_TIMEOUT';
  /** How long the call was given, in milliseconds: `timeoutMs`, or `trialTimeoutMs` for a trial without one. */
  readonly timeoutMs: number;

  constructor(circuit: string, timeoutMs: number) {
    super(circuit, `Circuit "${circuit}": the call took longer than ${timeoutMs} ms`);
    this.timeoutMs = timeoutMs;
  }
}

brand(CircuitTimeoutError, 'CircuitTimeoutError');
