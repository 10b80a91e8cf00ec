import { releaseLease } from '../../circuit/half-open.js';
import type { FleetRecord } from '../record.js';
import type { Change } from './change.js';

/** Gives a trial's place back: its call was ignored, or never made. */
export function release(leaseId: string): Change {
  return (record, now) => {
    if (record.state !== 'half-open') return record;
    const after = releaseLease(record, leaseId) as FleetRecord;
    return after === record ? record : { ...after, changedAt: now };
  };
}
