import { brand } from './brand.js';
import { CircuitBreakerError } from './circuit-breaker-error.js';

/** What a `CircuitStorageError` says. */
export interface CircuitStorageErrorFacts {
  readonly reason: CircuitStorageError['reason'];
  readonly mayHaveBeenApplied: boolean;
  readonly cause?: unknown;
}

/** The storage that the circuit is shared through did not do what it was asked. No guarded call ever meets it. */
export class CircuitStorageError extends CircuitBreakerError {
  declare readonly name: 'CircuitStorageError';
  readonly code = 'ERR_CIRCUIT_STORAGE';
  /**
   * - `timeout`: it did not answer in time;
   * - `conflict`: others wrote again and again in between;
   * - `unreadable`: what is stored is no record, or one of a newer version;
   * - `unavailable`: it cannot be reached, or refuses.
   */
  readonly reason: 'timeout' | 'conflict' | 'unreadable' | 'unavailable';
  /** Whether what was asked may have been done all the same, now or later. */
  readonly mayHaveBeenApplied: boolean;

  constructor(circuit: string, { reason, mayHaveBeenApplied, cause }: CircuitStorageErrorFacts) {
    super(circuit, `Circuit "${circuit}": its storage ${EXPLANATIONS[reason]}`, { cause });
    this.reason = reason;
    this.mayHaveBeenApplied = mayHaveBeenApplied;
  }
}

brand(CircuitStorageError, 'CircuitStorageError');

const EXPLANATIONS = {
  timeout: 'did not answer in time',
  conflict: 'lost every race against other writers',
  unreadable: 'holds something that is no record of this version',
  unavailable: 'is unavailable',
} as const;
