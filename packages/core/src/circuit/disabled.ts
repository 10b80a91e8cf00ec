import type { Circuit } from './circuit.js';

/** Switched off by hand: every call passes and no outcome changes the circuit, until `close()`. */
export interface DisabledCircuit {
  readonly state: 'disabled';
  readonly epoch: number;
  readonly trips: number;
}

export function disabledCircuit({ epoch, trips }: Circuit): DisabledCircuit {
  return { state: 'disabled', epoch: epoch + 1, trips };
}
