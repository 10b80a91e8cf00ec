import { withoutClockStep } from '../record.js';
import { applyEvent, type Change } from './change.js';

/** Asks for a trial's place: where the circuit is due, or half-open with a place free, the lease is in the record. */
export function acquire(id: string, trialTimeoutMs: number, era: string): Change {
  return (record, now, terms) => {
    const seen = withoutClockStep(record, now);
    const after = applyEvent(seen, { type: 'call', lease: { id, expiresAt: now + trialTimeoutMs } }, now, terms, era);
    return after === seen ? record : after;
  };
}
