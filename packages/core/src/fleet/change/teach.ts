import { type FleetRecord, isKept, isNewer } from '../record.js';
import type { Change } from './change.js';

/**
 * Gives a storage that lost its memory the record that this process still knows. Its instants stay as they are, and so does what
 * they mean.
 */
export function teach(lesson: FleetRecord): Change {
  return (record, now) => (isKept(lesson, now) && isNewer(lesson, record) ? lesson : record);
}
