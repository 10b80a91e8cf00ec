import type { Tally, TripPolicy } from '../policy/trip-policy.js';

/** Calls pass. What the policy remembers of them is kept under the policy's key. */
export interface ClosedCircuit {
  readonly state: 'closed';
  readonly epoch: number;
  readonly trips: 0;
  readonly policyKey: string;
  readonly memory: unknown;
}

export function closedCircuit(epoch: number, policy: TripPolicy): ClosedCircuit {
  return remembering(epoch, policy, policy.initial());
}

function remembering(epoch: number, policy: TripPolicy, memory: unknown): ClosedCircuit {
  return { state: 'closed', epoch, trips: 0, policyKey: policy.key, memory };
}

export function remember(circuit: ClosedCircuit, tally: Tally, now: number, policy: TripPolicy): ClosedCircuit {
  const own = withPolicy(circuit, policy);
  const memory = policy.record(own.memory, tally, timeFor(policy, now));
  return memory === own.memory ? own : remembering(circuit.epoch, policy, memory);
}

export function meetsPolicy(circuit: ClosedCircuit, now: number, policy: TripPolicy): boolean {
  return policy.trips(withPolicy(circuit, policy).memory, timeFor(policy, now));
}

/** The failures that count towards the next trip. */
export function failuresIn(circuit: ClosedCircuit, now: number, policy: TripPolicy): number {
  return policy.failures?.(withPolicy(circuit, policy).memory, timeFor(policy, now)) ?? 0;
}

/** Goes on under another policy: with the same memory where it has the same key, else it starts empty. */
export function withPolicy(circuit: ClosedCircuit, policy: TripPolicy): ClosedCircuit {
  return circuit.policyKey === policy.key ? circuit : closedCircuit(circuit.epoch, policy);
}

function timeFor(policy: TripPolicy, now: number): number {
  return policy.windowMs === undefined ? 0 : now;
}
