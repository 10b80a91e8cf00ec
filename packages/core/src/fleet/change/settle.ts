import { TRIAL_EVENTS } from '../../circuit/event.js';
import { applyEvent, type Change } from './change.js';

/** Uses a lease up for how its trial ended. A lease that is not in the record changes nothing. */
export function settle(leaseId: string, verdict: 'success' | 'failure', era: string): Change {
  return (record, now, terms) => applyEvent(record, { type: TRIAL_EVENTS[verdict], leaseId }, now, terms, era);
}
