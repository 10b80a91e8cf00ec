import type { Circuit } from './circuit.js';
import { holdsLease } from './half-open.js';

/** What a call remembers of its admission. */
export interface Admission {
  readonly epoch: number;
  /** The lease of a trial; `undefined` for a call that passed a closed or disabled circuit. */
  readonly leaseId: string | undefined;
}

/** The one place that fences a process's own circuit: a result of an older epoch, or of a lease that is no longer held, has no say. */
export function hasSay(circuit: Circuit, { epoch, leaseId }: Admission): boolean {
  if (circuit.epoch !== epoch) return false;
  return leaseId === undefined || (circuit.state === 'half-open' && holdsLease(circuit, leaseId));
}
