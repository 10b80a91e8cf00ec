import { applyEvent, type Change } from './change.js';

/** Lets a trial's place last for so long from now on. A lease that is not in the record changes nothing. */
export function renew(id: string, trialTimeoutMs: number): Change {
  return (record, now, terms) =>
    applyEvent(record, { type: 'trial-renewed', lease: { id, expiresAt: now + trialTimeoutMs } }, now, terms, '');
}
