import { FAILURE_THRESHOLD } from './guarded-call.js';
import type { Narrator } from './narrator.js';
import type { Outcome } from './play.js';

/** What sharing was good for. */
export function facts(
  { fleet, spreadMs }: Narrator,
  { callsWhileWell, writesWhileWell, writes, requests }: Outcome,
): string[] {
  const { length } = fleet.members;
  const spread = (state: 'open' | 'closed') => {
    const ms = spreadMs.get(state);
    return ms === undefined ? '-' : `${Math.ceil(ms)} ms`;
  };
  return [
    line('failed calls until it was open for all', fleet.failures, `each alone: ${length * FAILURE_THRESHOLD}`),
    line('trials at once, at most', fleet.mostTrialsAtOnce, `each alone: ${length}`),
    line('from the first that knew to the last', spread('open'), `to open; ${spread('closed')} to close`),
    line('writes to Redis while all was well', writesWhileWell, `for ${callsWhileWell} calls; ${writes} in all`),
    line('requests that reached the server', requests, `for ${fleet.calls} calls`),
  ];
}

function line(label: string, figure: string | number | undefined, remark: string): string {
  return ` ${label.padEnd(42)}${String(figure ?? '-').padStart(7)}   ${remark}`;
}
