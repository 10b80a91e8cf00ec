import type { FaultKind, FaultStep } from './fault-kind.js';
import type { Lots } from './lots.js';

const BOTH_WAYS = [-1, 1] as const;

/** Draws a fault of a kind, and how bad it is. */
export function drawFault(lots: Lots, fault: FaultKind, processes: number): FaultStep {
  const process = lots.below(processes);
  switch (fault) {
    case 'outage':
    case 'hang':
    case 'forget':
    case 'garbage':
      return { action: 'fault', fault };
    case 'lose-writes':
      return { action: 'fault', fault, amount: lots.between(1, 5) };
    case 'storage-clock':
      return { action: 'fault', fault, amount: lots.oneOf(BOTH_WAYS) * drawStep(lots) };
    case 'process-clock':
      return { action: 'fault', fault, process, ms: lots.oneOf(BOTH_WAYS) * drawStep(lots) };
    case 'drift':
      return { action: 'fault', fault, process, ms: lots.oneOf(BOTH_WAYS) };
    case 'latency':
      return { action: 'fault', fault, process, ms: lots.oneOf([20, 60, 200, 600]) };
    case 'reorder-pushes':
      return { action: 'fault', fault, process, ms: lots.oneOf([20, 200, 3_000]) };
    default:
      return { action: 'fault', fault, process };
  }
}

function drawStep(lots: Lots): number {
  return lots.weighted([
    [2, () => lots.between(1, 900)],
    [3, () => lots.between(900, 5_000)],
    [1, () => lots.between(5_000, 4_000_000)],
  ])()();
}
