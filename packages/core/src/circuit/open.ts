import type { Circuit } from './circuit.js';
import type { Rules } from './rules.js';

/** Calls are rejected until `openUntilAt`; the first one at or after it is a trial. */
export interface OpenCircuit {
  readonly state: 'open';
  readonly epoch: number;
  readonly trips: number;
  readonly openUntilAt: number;
}

export function openAfterTrip(circuit: Circuit, now: number, rules: Rules): OpenCircuit {
  return openCircuit(circuit.epoch + 1, circuit.trips + 1, now, rules);
}

export function openByHand(circuit: Circuit, now: number, rules: Rules): OpenCircuit {
  return openCircuit(circuit.epoch + 1, Math.max(1, circuit.trips), now, rules);
}

export function isDue(circuit: OpenCircuit, now: number): boolean {
  // Not `now >= openUntilAt`: a clock that once gave NaN must not keep the circuit open for ever.
  return !(now < circuit.openUntilAt);
}

function openCircuit(epoch: number, trips: number, now: number, rules: Rules): OpenCircuit {
  return { state: 'open', epoch, trips, openUntilAt: now + rules.openForMs(trips) };
}
