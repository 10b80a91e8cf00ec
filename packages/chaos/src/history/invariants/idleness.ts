import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import type { HistoryEvent } from '../history-event.js';
import type { StoredCircuit } from '../stored-circuit.js';
import type { Expectations, Violation } from '../violation.js';

const DEFAULT_SYNC_INTERVAL_MS = 5_000;
/** A poll may come so much earlier than it must. */
const JITTER = 0.5;

/**
 * Invariant 10. While all is calm, all calls succeed and the circuit is closed, nobody asks the storage to change something, and
 * nobody reads more than for polls, and for hints. Whoever writes, writes something new.
 */
export function* checkIdleness(history: History, { toleranceMs }: Required<Expectations>): Generator<Violation> {
  for (const commit of history.commits) {
    const { by, ranAt: at } = commit;
    if (isSame(commit) && !history.losses.areRecent(at))
      yield { invariant: 10, at, message: `${by} wrote what was there` };
  }
  for (const calm of calms(history, toleranceMs)) {
    const reads = new Map<string, number>();
    for (const event of calm) {
      const { type, at, by } = event;
      if (type === 'asked') yield { invariant: 10, at, message: `${by} made an update, though all was calm` };
      // A hint: a push may have been missed, and one read makes up for it.
      if (type === 'pushed' && event.record === undefined) reads.set(by, (reads.get(by) ?? 0) - 1);
      if (type !== 'read') continue;
      const count = (reads.get(by) ?? 0) + 1;
      reads.set(by, count);
      const { syncIntervalMs = DEFAULT_SYNC_INTERVAL_MS } = history.member(by).settings;
      const most = 1 + (at - (calm[0]?.at ?? at)) / (syncIntervalMs * JITTER);
      if (count > most) yield { invariant: 10, at, message: `${by} read for the ${count}. time, though all was calm` };
    }
  }
}

/** What happened in each time in which all was calm, and which no stand-still has spoilt: that is like an outage. */
function* calms({ events }: History, toleranceMs: number): Generator<readonly HistoryEvent[]> {
  let calm: HistoryEvent[] | undefined;
  for (const event of events) {
    const { type } = event;
    const isSpoilt = type === 'degraded' || (type === 'stalled' && event.ms > toleranceMs);
    if (type === 'calm-began') calm = [];
    else if (isSpoilt) calm = undefined;
    else if (type === 'calm-ended' && calm !== undefined) {
      yield calm;
      calm = undefined;
    }
    calm?.push(event);
  }
}

function isSame({ before, after }: Commit): boolean {
  // A closed circuit may learn what it knows: as many failures in a row as it had counted.
  return before !== undefined && before.state !== 'closed' && meaningOf(before) === meaningOf(after);
}

/** What a record says, but for when and how often it was written. */
function meaningOf(record: StoredCircuit): string {
  const { revision: _, changedAt: __, keepUntilAt: ___, ...meaning } = record;
  return JSON.stringify(meaning);
}
