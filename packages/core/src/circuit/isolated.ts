import type { Circuit } from './circuit.js';

/** Held open by hand: every call is rejected, until `close()`. */
export interface IsolatedCircuit {
  readonly state: 'isolated';
  readonly epoch: number;
  readonly trips: number;
}

export function isolatedCircuit({ epoch, trips }: Circuit): IsolatedCircuit {
  return { state: 'isolated', epoch: epoch + 1, trips };
}
