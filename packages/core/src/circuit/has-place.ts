import type { Circuit } from './circuit.js';
import { liveLeases } from './half-open.js';
import { isDue } from './open.js';

/** Whether a call that asks now would get a trial's place. */
export function hasPlace(circuit: Circuit, now: number): boolean {
  switch (circuit.state) {
    case 'open':
      return isDue(circuit, now);
    case 'half-open':
      return liveLeases(circuit, now).length < circuit.limit;
    default:
      return false;
  }
}
