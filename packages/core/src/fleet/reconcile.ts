import { type FleetRecord, isKept, isNewer } from './record.js';

/** What a process makes of what a storage answered: `adopt` it, `teach` it what it has lost, or `ask-again`. */
export type Lesson = 'adopt' | 'teach' | 'ask-again';

/**
 * The one rule that keeps views and storage in step, also after an outage. What a storage answers is the truth. Only where it knows
 * less than the process does (it has lost its memory, or the answer is older than a push that came in between), the process's
 * view may count for more.
 *
 * @param hasMoved - whether the view has changed since the storage was asked
 */
export function reconcile(
  view: FleetRecord | undefined,
  stored: FleetRecord | undefined,
  hasMoved: boolean,
  now: number,
): Lesson {
  if (view === undefined || (stored !== undefined && !isNewer(view, stored))) return 'adopt';
  if (hasMoved) return 'ask-again';
  return view.state === 'closed' || !isKept(view, now) ? 'adopt' : 'teach';
}
