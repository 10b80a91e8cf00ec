import type { CallCounts } from '@breaker/core';
import type { History } from '../history.js';
import type { CallTally } from '../history-event.js';
import type { Violation } from '../violation.js';

/** Invariant 11. A process's counts are those of the calls that were asked for and answered. */
export function* checkCounts({ events }: History): Generator<Violation> {
  const last = new Map<string, { readonly counts: CallCounts; readonly tally: CallTally; readonly at: number }>();
  for (const event of events) {
    const { by, at, type } = event;
    if (type === 'counted') {
      last.set(by, event);
      for (const message of mustBeSame(event.counts, event.tally))
        yield { invariant: 11, at, message: `${by} ${message}` };
    } else if (type === 'disposed') {
      const { counts, tally } = last.get(by) ?? {};
      const settled = tally === undefined ? 0 : Object.values(tally).reduce((sum, each) => sum + each, 0);
      const message = `${by} counts ${counts?.calls} calls of ${settled} at its end`;
      if (counts?.calls !== settled) yield { invariant: 11, at, message };
    }
  }
}

function* mustBeSame(counts: CallCounts, tally: CallTally): Generator<string> {
  const pairs = [
    ['successes', counts.successes, tally.success],
    ['failures', counts.failures, tally.failure],
    ['ignored', counts.ignored, tally.ignored],
    ['rejected', counts.rejected, tally.rejected],
  ] as const;
  for (const [what, counted, settled] of pairs)
    if (counted !== settled) yield `counts ${counted} ${what} of ${settled}`;
  if (counts.calls < pairs.reduce((sum, [, , settled]) => sum + settled, 0)) yield `counts ${counts.calls} calls only`;
}
