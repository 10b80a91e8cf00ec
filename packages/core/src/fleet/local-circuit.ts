import type { Circuit } from '../circuit/circuit.js';
import { type FleetRecord, withoutClockStep } from './record.js';

/** Each process waits a bit more than the others, lest all come at once when the circuit is due. */
const LONGEST_DELAY_MS = 200;
const GREATEST_SHARE = 0.1;

/** How much longer than it must a process may leave an open circuit alone, in milliseconds. */
export function longestDelayMs(record: FleetRecord): number {
  if (record.state !== 'open') return 0;
  return Math.max(0, Math.min(LONGEST_DELAY_MS, (record.openUntilAt - record.changedAt) * GREATEST_SHARE));
}

/**
 * The fleet's circuit by this process's clock.
 *
 * @param aheadMs - by how much the storage's clock is ahead of this process's
 * @param delayMs - how much longer this process leaves an open circuit alone
 */
export function localCircuit(record: FleetRecord, now: number, aheadMs: number, delayMs: number): Circuit {
  const circuit = withoutClockStep(record, now + aheadMs);
  switch (circuit.state) {
    case 'open':
      return { ...circuit, openUntilAt: circuit.openUntilAt - aheadMs + delayMs };
    case 'half-open': {
      const leases = circuit.leases.map(({ id, expiresAt }) => ({ id, expiresAt: expiresAt - aheadMs }));
      return { ...circuit, leases };
    }
    default:
      return circuit;
  }
}
