import type { Circuit } from './circuit.js';
import type { Lease } from './lease.js';
import type { Rules } from './rules.js';

/** Calls pass as trials, `limit` at a time, until `need` of them have succeeded or one has failed. */
export interface HalfOpenCircuit {
  readonly state: 'half-open';
  readonly epoch: number;
  readonly trips: number;
  /** `maxTrials` as it was when the round began. */
  readonly limit: number;
  /** `successThreshold` as it was when the round began. */
  readonly need: number;
  readonly successes: number;
  readonly leases: readonly Lease[];
}

export function halfOpenCircuit(circuit: Circuit, rules: Rules, leases: readonly Lease[] = []): HalfOpenCircuit {
  return {
    state: 'half-open',
    epoch: circuit.epoch + 1,
    trips: circuit.trips,
    limit: rules.maxTrials,
    need: rules.successThreshold,
    successes: 0,
    leases,
  };
}

export function holdsLease(circuit: HalfOpenCircuit, leaseId: string): boolean {
  return circuit.leases.some(({ id }) => id === leaseId);
}

export function liveLeases(circuit: HalfOpenCircuit, now: number): readonly Lease[] {
  return circuit.leases.filter(({ expiresAt }) => now < expiresAt);
}

/** Gives the lease a place where one is free; those whose holders let them lapse are. */
export function grantLease(circuit: HalfOpenCircuit, lease: Lease, now: number): HalfOpenCircuit {
  const live = liveLeases(circuit, now);
  return live.length < circuit.limit ? { ...circuit, leases: [...live, lease] } : circuit;
}

export function renewLease(circuit: HalfOpenCircuit, renewed: Lease): HalfOpenCircuit {
  if (!holdsLease(circuit, renewed.id)) return circuit;
  return { ...circuit, leases: circuit.leases.map((lease) => (lease.id === renewed.id ? renewed : lease)) };
}

export function releaseLease(circuit: HalfOpenCircuit, leaseId: string): HalfOpenCircuit {
  if (!holdsLease(circuit, leaseId)) return circuit;
  return { ...circuit, leases: leasesBut(circuit, leaseId) };
}

/** Uses a held lease up for a success of this round. */
export function countSuccess(circuit: HalfOpenCircuit, leaseId: string): HalfOpenCircuit {
  return { ...circuit, leases: leasesBut(circuit, leaseId), successes: circuit.successes + 1 };
}

/** Whether one more success makes enough of them. */
export function hasAlmostRecovered(circuit: HalfOpenCircuit): boolean {
  return circuit.successes + 1 >= circuit.need;
}

function leasesBut({ leases }: HalfOpenCircuit, leaseId: string): readonly Lease[] {
  return leases.filter(({ id }) => id !== leaseId);
}
