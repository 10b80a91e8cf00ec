/** What can go wrong in a simulation. */
export const FAULT_KINDS = [
  'crash',
  'suspend',
  'partition',
  'latency',
  'loss',
  'drop-pushes',
  'duplicate-pushes',
  'reorder-pushes',
  'process-clock',
  'drift',
  'outage',
  'hang',
  'forget',
  'lose-writes',
  'storage-clock',
  'garbage',
] as const satisfies readonly FaultKind[];

/**
 * - `crash`: a process ends. What it had sent may still take effect; it is started anew by a heal.
 * - `suspend`: a process stands still, and everything that came for it meanwhile comes at once at the heal.
 * - `partition`: nothing passes between a process and the storage; what was sent meanwhile passes at the heal.
 * - `latency`, `loss`: a process's network is slow, or loses every fourth message (and says so, or does not).
 * - `drop-pushes`, `duplicate-pushes`, `reorder-pushes`: pushes for a process are lost, come twice, or overtake each other.
 * - `process-clock`, `drift`: a process's clock makes a step, or runs by a thousandth too fast or too slow.
 * - `outage`: the storage refuses everything. `hang`: it answers nothing, and writes at the heal what it was asked before.
 * - `forget`: the storage loses its memory. `lose-writes`: it falls back to an older record. `garbage`: its record becomes unreadable,
 *   and readable again at the heal.
 * - `storage-clock`: the storage's clock makes a step.
 */
export type FaultKind = ProcessFaultKind | StorageFaultKind;

/** The faults of one process. */
export type ProcessFaultKind =
  | 'crash'
  | 'suspend'
  | 'partition'
  | 'latency'
  | 'loss'
  | 'drop-pushes'
  | 'duplicate-pushes'
  | 'reorder-pushes'
  | 'process-clock'
  | 'drift';

/** The faults of the storage. */
export type StorageFaultKind = 'outage' | 'hang' | 'forget' | 'lose-writes' | 'storage-clock' | 'garbage';

/** A fault of one process, or of the storage. */
export type FaultStep = ProcessFaultStep | StorageFaultStep;

/** A fault of one process begins. */
export interface ProcessFaultStep {
  readonly action: 'fault';
  readonly fault: ProcessFaultKind;
  readonly process: number;
  /** How slow, how far out of order, or by how much: in milliseconds. Of `drift`: its sign counts. */
  readonly ms?: number;
}

/** A fault of the storage begins. */
export interface StorageFaultStep {
  readonly action: 'fault';
  readonly fault: StorageFaultKind;
  /** How many writes are lost; by how many milliseconds the clock steps. Default: 1. */
  readonly amount?: number;
}
