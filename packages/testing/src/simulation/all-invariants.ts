import { watchAnnouncements } from './invariants/announcements.js';
import { watchCalls } from './invariants/calls.js';
import { watchCounts } from './invariants/counts.js';
import { watchHearings } from './invariants/hearings.js';
import { watchIdleness } from './invariants/idleness.js';
import { watchLeases } from './invariants/leases.js';
import { watchChanges } from './invariants/legal-changes.js';
import { watchLineage } from './invariants/lineage.js';
import { watchOutcomes } from './invariants/outcomes.js';
import { watchSettlements } from './invariants/settlements.js';
import type { Watch } from './watcher.js';

export const ALL_INVARIANTS: readonly Watch[] = [
  watchLeases,
  watchLineage,
  watchChanges,
  watchSettlements,
  watchOutcomes,
  watchAnnouncements,
  watchCalls,
  watchCounts,
  watchIdleness,
  watchHearings,
];
