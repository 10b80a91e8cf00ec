import { History } from './history.js';
import type { HistoryEvent } from './history-event.js';
import { checkAnnouncements } from './invariants/announcements.js';
import { checkCalls } from './invariants/calls.js';
import { checkCounts } from './invariants/counts.js';
import { checkEndings } from './invariants/endings.js';
import { checkHearings } from './invariants/hearings.js';
import { checkIdleness } from './invariants/idleness.js';
import { checkLeases } from './invariants/leases.js';
import { checkChanges } from './invariants/legal-changes.js';
import { checkLineage } from './invariants/lineage.js';
import { checkOutcomes } from './invariants/outcomes.js';
import { checkRest } from './invariants/rest.js';
import { checkSettlements } from './invariants/settlements.js';
import type { Check, Expectations, Violation } from './violation.js';

const CHECKS: readonly Check[] = [
  checkLeases,
  checkLineage,
  checkChanges,
  checkSettlements,
  checkOutcomes,
  checkRest,
  checkAnnouncements,
  checkCalls,
  checkIdleness,
  checkCounts,
  checkEndings,
  checkHearings,
];

const DEFAULT_TOLERANCE_MS = 250;

/**
 * Says which invariants of the design the processes of a fleet have broken, and when; nothing, where all hold.
 *
 * @param events - all that they and the harness have written down, in the order of time
 */
export function checkHistory(events: readonly HistoryEvent[], expectations: Expectations = {}): Violation[] {
  const { toleranceMs = DEFAULT_TOLERANCE_MS } = expectations;
  const history = new History(events);
  const violations = CHECKS.flatMap((check) => [...check(history, { toleranceMs })]);
  return violations.sort((one, other) => one.at - other.at);
}
