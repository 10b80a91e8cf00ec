import type { Verdict } from '../../call/outcome.js';
import { TRIAL_EVENTS } from '../../circuit/event.js';
import { applyEvent, type Change } from './change.js';

/**
 * Uses a lease up for how its trial ended. A lease that is not in the record changes nothing.
 *
 * @param era - of the epoch that it may begin; an ignored trial, or one that was never made, begins none: it only frees its place
 */
export function settle(leaseId: string, verdict: Verdict, era = ''): Change {
  return (record, now, terms) => applyEvent(record, { type: TRIAL_EVENTS[verdict], leaseId }, now, terms, era);
}
