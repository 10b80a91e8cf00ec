import type { Bounds } from './bounds.js';
import { FAULT_BOUNDS } from './bounds-of-faults.js';
import { LEASE_BOUNDS } from './bounds-of-leases.js';
import { OPTION_BOUNDS } from './bounds-of-options.js';
import { REPORT_BOUNDS } from './bounds-of-reports.js';

/**
 * Many small worlds instead of one large: two processes (once three) and one storage, with all that may happen between them, each of it
 * so often. A write is atomic, its answer comes late or never; what was given up may land late; pushes come in any order, more than
 * once, or not at all. Not searched here: own circuits, which are never shared, and the timers of polls and back-off.
 */
export const ALL_BOUNDS: readonly Bounds[] = [...LEASE_BOUNDS, ...REPORT_BOUNDS, ...FAULT_BOUNDS, ...OPTION_BOUNDS];
