import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import type { StoredCircuit } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

const DEFAULT_SYNC_INTERVAL_MS = 5_000;
/** A poll may come so much earlier than it must. */
const JITTER = 0.5;

/**
 * Invariant 10. While all is calm, all calls succeed and the circuit is closed, nobody asks the storage to change something, and
 * nobody reads more than polls do. Whoever writes, writes something new.
 */
export function* checkIdleness(history: History): Generator<Violation> {
  for (const commit of history.commits) {
    const { by, ranAt: at } = commit;
    if (isSame(commit) && !history.losses.areRecent(at))
      yield { invariant: 10, at, message: `${by} wrote what was there` };
  }
  let calmSince: number | undefined;
  let reads = new Map<string, number>();
  for (const { type, at, by } of history.events) {
    if (type === 'calm-began') calmSince = at;
    else if (type === 'calm-ended') calmSince = undefined;
    if (calmSince === undefined || type === 'calm-began') reads = new Map();
    else if (type === 'asked') yield { invariant: 10, at, message: `${by} made an update, though all was calm` };
    else if (type === 'read') {
      const count = (reads.get(by) ?? 0) + 1;
      reads.set(by, count);
      const { syncIntervalMs = DEFAULT_SYNC_INTERVAL_MS } = history.member(by).settings;
      const most = 1 + (at - calmSince) / (syncIntervalMs * JITTER);
      if (count > most) yield { invariant: 10, at, message: `${by} read for the ${count}. time, though all was calm` };
    }
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
