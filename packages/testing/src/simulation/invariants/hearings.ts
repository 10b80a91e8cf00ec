import { epochOf, type StoredClosed } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/** The longest that a few messages take in a network without faults. */
const NETWORK_MS = 30;
/** A streak is kept for as long at least. */
const REMEMBERED_MS = 60_000;
/** What timers are set later by, by chance. */
const JITTER = 1.3;

/**
 * Invariant 14, for shared outcomes and consecutive failures, while all is calm. Where every call of an epoch has failed, everywhere,
 * the fleet is open within three hearings and flushes of the failure that meets the policy. And the failures of one process do
 * not trip it while another one succeeds.
 */
export const watchHearings: Watch = (world, report) => {
  let epoch = '';
  let begunAt = 0;
  /** When what was stored began to be a streak. */
  let streakAt = 0;

  function follow({ after, at, before }: Commit): void {
    if (epochOf(after) !== epoch) {
      epoch = epochOf(after);
      begunAt = after.epoch === 0 ? begunAt : at;
      streakAt = at;
    } else if (streakOf(after) < streakOf(before) || streakOf(before) === 0) {
      streakAt = at;
    }
  }

  function mustHaveBeenHeard({ before, after, now, mayBeByHand }: Commit): void {
    if (before?.state !== 'closed' || after.state !== 'open' || mayBeByHand || world.calmSince > streakAt) return;
    const { failing, succeeding } = partiesSince(streakAt, now, before);
    if (failing.length === 1 && succeeding.length > 0) {
      report(14, `${failing[0]} alone tripped the fleet while ${succeeding[0]} succeeded`);
    }
  }

  function partiesSince(since: number, now: number, { hearingEndsAt = now }: StoredClosed) {
    const hearingMs = hearingLength();
    const until = world.now - Math.max(0, now - hearingEndsAt) - 0.6 * hearingMs - NETWORK_MS;
    const calls = world.processes.flatMap((process) => process.calls);
    const failing = calls.filter(({ result, settledAt = 0 }) => result === 'failure' && settledAt >= begunAt);
    const succeeding = calls.filter(
      ({ result, startedAt = 0, settledAt = 0, process }) =>
        result === 'success' && process.isRunning && startedAt > since + NETWORK_MS && settledAt < until,
    );
    const [only] = names(failing);
    return { failing: names(failing), succeeding: names(succeeding).filter((name) => name !== only) };
  }

  function hearingLength(): number {
    const lengths = world.processes.map(({ breaker }) => {
      const { sharing } = breaker.options;
      return sharing?.kind === 'outcomes' ? sharing.hearingMs : 0;
    });
    return Math.max(...lengths);
  }

  function isWatched(): boolean {
    return world.processes.every(({ breaker }) => {
      const { sharing, failureThreshold } = breaker.options;
      return sharing?.kind === 'outcomes' && failureThreshold !== undefined;
    });
  }

  function mustBeOpen(): void {
    const { stored } = world;
    if ((stored !== undefined && stored.state !== 'closed') || world.calmSince > begunAt) return;
    const since = begunAt + NETWORK_MS;
    // A process that has gone takes with it what it had not reported.
    const calls = world.processes.filter(({ isRunning }) => isRunning).flatMap((process) => process.calls);
    const ended = calls.filter(({ settledAt = -1, result }) => settledAt >= begunAt && result !== 'rejected');
    if (ended.some(({ result }) => result !== 'failure')) return;
    const failures = ended.filter(
      ({ startedAt = 0, settledAt = 0 }) => startedAt >= since && settledAt >= world.now - REMEMBERED_MS,
    );
    const thresholds = world.processes.map(({ breaker }) => breaker.options.failureThreshold ?? 1);
    const last = failures.map(({ settledAt = 0 }) => settledAt).sort((one, other) => one - other)[
      Math.max(...thresholds) - 1
    ];
    if (last === undefined) return;
    const flushes = world.processes.map(({ breaker }) => {
      const { sharing } = breaker.options;
      return sharing?.kind === 'outcomes' ? sharing.flushIntervalMs : 0;
    });
    const most = 3 * (hearingLength() + Math.max(...flushes) * JITTER + NETWORK_MS);
    if (world.now - last > most)
      report(14, `all calls fail, and the fleet is still closed ${world.now - last} ms later`);
  }

  return {
    committed(commit) {
      if (isWatched()) mustHaveBeenHeard(commit);
      follow(commit);
    },

    stepped() {
      if (isWatched()) mustBeOpen();
    },
  };
};

function streakOf(record: Commit['before']): number {
  return record?.state === 'closed' ? Number(record.memory) : 0;
}

function names(calls: readonly { readonly process: { readonly name: string } }[]): string[] {
  return [...new Set(calls.map(({ process }) => process.name))];
}
