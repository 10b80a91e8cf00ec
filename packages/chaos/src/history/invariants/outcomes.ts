import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import { epochOf, streakOf } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

const DEFAULT_THRESHOLD = 5;

/**
 * Invariants 4 and 5. What a process adds to the failures of an epoch are failures of calls that it began in that epoch, each
 * counted once; a circuit trips on no fewer than the policy asks for; and it closes with no fewer successes of trials than the
 * round needs. By hand, it does anything.
 */
export function* checkOutcomes(history: History): Generator<Violation> {
  const begunAt = new Map<string, number>([[epochOf(undefined), 0]]);
  const added = new Map<string, number>();
  for (const commit of history.commits) {
    const { ranAt: at, after } = commit;
    const since = begunAt.get(epochOf(commit.before)) ?? 0;
    yield* mustHaveFailed(commit, since, added, history);
    const isTaught = begunAt.has(epochOf(after)) || history.mayTeach(commit);
    if (!isTaught && !history.mayBeByHand(commit)) {
      yield* mustHaveTripped(commit, since, history);
      yield* mustHaveWon(commit, since, history);
    }
    if (!begunAt.has(epochOf(after))) begunAt.set(epochOf(after), at);
  }
}

function* mustHaveFailed(
  commit: Commit,
  since: number,
  added: Map<string, number>,
  history: History,
): Generator<Violation> {
  const { by, before, after, ranAt: at } = commit;
  if (epochOf(before) !== epochOf(after)) return;
  const growth = (streakOf(after) ?? 0) - (streakOf(before) ?? 0);
  if (growth <= 0) return;
  const key = `${epochOf(after)} ${by}`;
  const sum = (added.get(key) ?? 0) + growth;
  added.set(key, sum);
  const failures = failuresOf(history, since, at, by);
  const message = `${by} reported ${sum} failures in an epoch in which it had ${failures}`;
  if (sum > failures) yield { invariant: 4, at, message };
}

function* mustHaveTripped(
  { by, before, after, ranAt: at }: Commit,
  since: number,
  history: History,
): Generator<Violation> {
  if (after.state !== 'open' || (before ?? { state: 'closed' }).state !== 'closed') return;
  const { failureThreshold = DEFAULT_THRESHOLD, failureRate, shareTrips } = history.member(by).settings;
  const failing = [...history.members.keys()].map((name) => failuresOf(history, since, at, name));
  if (shareTrips !== undefined) {
    const voters = failing.filter((count) => count > 0).length;
    const { quorum = 1 } = shareTrips;
    const message = `${voters} processes with failures made a quorum of ${quorum}`;
    if (voters < quorum) yield { invariant: 5, at, message };
    return;
  }
  const most = failing.reduce((sum, count) => sum + count, 0);
  const least = failureRate === undefined ? failureThreshold : 1;
  const message = `the fleet tripped on ${most} failures in an epoch, instead of ${least}`;
  if (most < least) yield { invariant: 5, at, message };
}

function* mustHaveWon({ before, after, ranAt: at }: Commit, since: number, history: History): Generator<Violation> {
  if (after.state !== 'closed' || before?.state !== 'half-open') return;
  const won = history.calls(since, at).filter(({ isTrial, outcome }) => isTrial && outcome === 'success').length;
  const message = `the fleet closed with ${won} successes of trials, instead of ${before.need}`;
  if (won < before.need) yield { invariant: 5, at, message };
}

function failuresOf(history: History, since: number, until: number, by: string): number {
  return history.calls(since, until, by).filter(({ outcome }) => outcome === 'failure').length;
}
