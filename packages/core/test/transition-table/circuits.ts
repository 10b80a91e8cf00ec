import type { ClosedCircuit } from '../../src/circuit/closed.js';
import type { HalfOpenCircuit } from '../../src/circuit/half-open.js';
import type { Lease } from '../../src/circuit/lease.js';
import type { OpenCircuit } from '../../src/circuit/open.js';
import { NOW } from './case.js';

/** The lease of the call, or of the trial, that a case is about. */
export const MINE: Lease = { id: 'mine', expiresAt: NOW + 50 };
/** Somebody else's, which ends a moment later. */
export const LIVE: Lease = { id: 'live', expiresAt: NOW + 1 };
/** One whose holder let it lapse, just now. */
export const LAPSED: Lease = { id: 'lapsed', expiresAt: NOW };

export function closed(epoch: number, memory: unknown, policyKey = 'consecutive-failures'): ClosedCircuit {
  return { state: 'closed', epoch, trips: 0, policyKey, memory };
}

export function open(epoch: number, trips: number, openUntilAt: number): OpenCircuit {
  return { state: 'open', epoch, trips, openUntilAt };
}

/** A half-open circuit of two places that needs two successes. */
export function halfOpen(
  epoch: number,
  leases: readonly Lease[],
  facts: Partial<HalfOpenCircuit> = {},
): HalfOpenCircuit {
  return { state: 'half-open', epoch, trips: 2, limit: 2, need: 2, successes: 0, leases, ...facts };
}
