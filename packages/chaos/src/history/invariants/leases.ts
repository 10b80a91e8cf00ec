import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import type { Trial } from '../member-history.js';
import { epochOf, leasesOf } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

/** A place that a process was granted, and knows that it was. */
interface Grant {
  readonly epoch: string;
  readonly limit: number;
  readonly grantedAt: number;
  /** Until when it certainly holds: the storage counts its time from later on. */
  readonly holdsUntil: number;
  isUsed: boolean;
}

interface RunningTrial extends Trial {
  readonly by: string;
  readonly grant: Grant;
}

const DEFAULT_TRIAL_TIMEOUT_MS = 30_000;

/**
 * Invariant 1. In every record that is written there are no more live leases than places; every trial has a lease; and no more
 * trials of an epoch run within their lease, times one plus the times the storage lost something.
 */
export function* checkLeases(history: History): Generator<Violation> {
  for (const commit of history.commits) yield* checkRecord(commit);
  const trials: RunningTrial[] = [];
  for (const name of history.members.keys()) {
    const grants = grantsOf(history, name);
    for (const trial of history.member(name).trials) {
      const grant = grants.findLast(({ grantedAt, isUsed }) => grantedAt <= trial.from && !isUsed);
      if (grant === undefined) {
        yield { invariant: 1, at: trial.from, message: `a trial of ${name} runs without a lease` };
      } else {
        grant.isUsed = true;
        trials.push({ ...trial, by: name, grant });
      }
    }
  }
  yield* checkTrials(history, trials);
}

function* checkRecord({ after, now, by, ranAt: at }: Commit): Generator<Violation> {
  if (after.state !== 'half-open') return;
  const live = leasesOf(after).filter(({ expiresAt }) => expiresAt > now).length;
  const message = `${by} wrote ${live} live leases in a round of ${after.limit}`;
  if (live > after.limit) yield { invariant: 1, at, message };
}

function grantsOf(history: History, name: string): Grant[] {
  const { trialTimeoutMs = DEFAULT_TRIAL_TIMEOUT_MS } = history.member(name).settings;
  return history.commits.flatMap(({ by, before, after, askedAt, knownAt }) => {
    if (by !== name || knownAt === Number.POSITIVE_INFINITY || after.state !== 'half-open') return [];
    const known = epochOf(before) === epochOf(after) ? leasesOf(before).map(({ id }) => id) : [];
    const isGranted = after.leases.some(({ id }) => !known.includes(id));
    if (!isGranted) return [];
    const times = { grantedAt: knownAt, holdsUntil: askedAt + trialTimeoutMs };
    return [{ epoch: epochOf(after), limit: after.limit, ...times, isUsed: false }];
  });
}

function* checkTrials({ losses }: History, trials: readonly RunningTrial[]): Generator<Violation> {
  for (const { from: at, grant } of trials) {
    const running = trials.filter(
      ({ from, to, grant: { epoch, holdsUntil } }) =>
        epoch === grant.epoch && from <= at && at < Math.min(to, holdsUntil),
    );
    const most = grant.limit * (1 + losses.between(grant.grantedAt, at));
    if (running.length <= most) continue;
    const who = running.map(({ by }) => by).join(', ');
    yield { invariant: 1, at, message: `${running.length} trials run at once in a round of ${grant.limit}: ${who}` };
  }
}
