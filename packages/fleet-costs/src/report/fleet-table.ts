import { CALLS_PER_SECOND, type FleetCost, RESET_TIMEOUT_MS } from '../measure/fleets.js';
import { show } from './show.js';

const HEADS = ['sharing', 'processes', 'situation', 'reads/s', 'changes/s', 'EXECs/s', 'lost/s', 'bytes/s', 'CPU ms/s'];

/** What fleets cost, one line for each in each situation; as Markdown, to be put where it is told. */
export function fleetTableOf(costs: readonly FleetCost[]): string {
  const rows = costs.map((cost) => [
    cost.sharing,
    cost.processes,
    cost.situation,
    show(cost.readsPerSecond),
    show(cost.changesPerSecond),
    show(cost.execsPerSecond),
    show(cost.lostExecsPerSecond),
    show(cost.bytesPerSecond),
    show(cost.cpuMsPerSecond),
  ]);
  const title = `Fleets of one circuit, ${CALLS_PER_SECOND} calls a second in each process, open for ${RESET_TIMEOUT_MS / 1_000} s`;
  const table = [HEADS, HEADS.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [title, '', ...table].join('\n');
}
