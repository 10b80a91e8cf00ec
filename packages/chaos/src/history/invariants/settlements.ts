import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import { epochOf, isClockBack, leasesOf } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

/**
 * Invariant 4. A lease is used up by its holder alone, once, and frees no other's place. What ends a round, other than by hand, is
 * a lease of the process that ended it.
 */
export function* checkSettlements(history: History): Generator<Violation> {
  const holders = new Map<string, string>();
  const used = new Set<string>();
  const begun = new Set<string>();
  for (const commit of history.commits) {
    const { by, after, ranAt: at } = commit;
    if (!history.mayTeach(commit)) {
      const isFree = history.mayBeByHand(commit) || begun.has(epochOf(after));
      const messages = [...mustHoldWhatEnds(commit, holders, isFree), ...mustHoldWhatGoes(commit, holders, used)];
      for (const message of messages) yield { invariant: 4, at, message: `${by} ${message}` };
    }
    begun.add(epochOf(after));
    for (const { id } of leasesOf(after)) if (!holders.has(id)) holders.set(id, by);
  }
}

function* mustHoldWhatEnds(commit: Commit, holders: ReadonlyMap<string, string>, isFree: boolean): Generator<string> {
  const { before, after, by } = commit;
  if (before?.state !== 'half-open' || epochOf(before) === epochOf(after) || isFree) return;
  if (!before.leases.some(({ id }) => holders.get(id) === by))
    yield `ended a round (${after.state}) without a lease in it`;
}

function* mustHoldWhatGoes(
  { before, after, by, now }: Commit,
  holders: ReadonlyMap<string, string>,
  used: Set<string>,
): Generator<string> {
  if (before?.state !== 'half-open' || after.state !== 'half-open' || epochOf(before) !== epochOf(after)) return;
  const kept = leasesOf(after).map(({ id }) => id);
  const gone = before.leases.filter(({ id }) => !kept.includes(id));
  const own = gone.filter(({ id }) => holders.get(id) === by);
  for (const { id, expiresAt } of gone) {
    const hasLapsed = expiresAt <= now || isClockBack(before, now);
    if (holders.get(id) !== by && !hasLapsed) yield 'freed the place of another';
  }
  const won = after.successes - before.successes;
  if (won < 0 || won > own.length) yield `added ${won} successes with ${own.length} leases`;
  if (won <= 0) return;
  for (const { id } of own) {
    if (used.has(id)) yield 'used a lease twice';
    used.add(id);
  }
}
