import { brand } from './brand.js';
import { CircuitBreakerError } from './circuit-breaker-error.js';

/**
 * - `open`: the circuit is open and not yet due;
 * - `trial-limit`: it is half-open and every trial's place is taken;
 * - `isolated`: it is held open by hand.
 */
export type RejectionReason = 'open' | 'trial-limit' | 'isolated';

/** What a `CircuitOpenError` says. */
export interface CircuitOpenErrorFacts {
  readonly state: 'open' | 'half-open' | 'isolated';
  readonly reason: RejectionReason;
  readonly retryAfterMs: number | undefined;
}

/** The call was not made: the circuit did not let it pass. */
export class CircuitOpenError extends CircuitBreakerError {
  declare readonly name: 'CircuitOpenError';
  readonly code = 'ERR_CIRCUIT_OPEN';
  readonly state: CircuitOpenErrorFacts['state'];
  readonly reason: RejectionReason;
  /** What is left of open, or until the earliest trial's deadline, in milliseconds; `undefined` while isolated. */
  readonly retryAfterMs: number | undefined;

  constructor(circuit: string, { state, reason, retryAfterMs }: CircuitOpenErrorFacts) {
    super(circuit, `Circuit "${circuit}" ${explain(reason, retryAfterMs)}: the call was not made`);
    this.state = state;
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

brand(CircuitOpenError, 'CircuitOpenError');

function explain(reason: RejectionReason, retryAfterMs: number | undefined): string {
  switch (reason) {
    case 'open':
      return `is open for another ${retryAfterMs} ms`;
    case 'trial-limit':
      return 'is half-open and its trials are all taken';
    case 'isolated':
      return 'is isolated until it is closed by hand';
  }
}
