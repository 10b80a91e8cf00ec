import type { SimulatedCall } from '../simulated-call.js';
import { epochOf, type StoredHalfOpen } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

interface Grant {
  readonly commit: Commit;
  readonly id: string;
  readonly expiresAt: number;
  readonly limit: number;
  /** Whether the process that asked knows of it. */
  isConfirmed: boolean;
  call: SimulatedCall | undefined;
}

/**
 * Invariant 1. In every record that is written there are no more live leases than places; and no more trials of an epoch run
 * within their lease, times one plus the times the storage lost something. A trial of a process that is degraded is its own.
 */
export const watchLeases: Watch = (world, report) => {
  const grants = new Map<string, Grant>();
  const begun = new Set<string>();

  function mustBeginWell({ writer }: Commit, { limit, need }: StoredHalfOpen): void {
    const { settings } = writer;
    if (!settings.some(({ maxTrials }) => limit === maxTrials)) {
      report(1, `a round of ${writer.name} has ${limit} places, as nobody set`);
    }
    if (!settings.some(({ successThreshold }) => need === successThreshold)) {
      report(5, `a round of ${writer.name} needs ${need} successes, as nobody set`);
    }
  }

  function grant(commit: Commit): void {
    const { after, now, before } = commit;
    if (after.state !== 'half-open') return;
    const isNew = before === undefined || epochOf(before) !== epochOf(after);
    for (const { id, expiresAt } of after.leases) {
      if (grants.has(id)) continue;
      grants.set(id, { commit, id, expiresAt, limit: after.limit, isConfirmed: false, call: undefined });
    }
    if (isNew && !begun.has(epochOf(after))) mustBeginWell(commit, after);
    const live = after.leases.filter(({ expiresAt }) => expiresAt > now).length;
    if (live > after.limit) report(1, `${live} live leases in a round of ${after.limit}`);
  }

  function runningOf(epoch: string): Grant[] {
    return [...grants.values()].filter(
      ({ call, commit, expiresAt }) =>
        call?.isRunning === true &&
        !call.process.gate.isDead &&
        expiresAt > world.storageTime &&
        epochOf(commit.after) === epoch,
    );
  }

  return {
    committed(commit) {
      grant(commit);
      begun.add(epochOf(commit.after));
    },

    confirmed(commit) {
      for (const each of grants.values()) if (each.commit === commit) each.isConfirmed = true;
    },

    started(call) {
      if (!call.isTrialOfFleet) return;
      const free = [...grants.values()].filter(
        ({ commit, isConfirmed, call: user }) => isConfirmed && user === undefined && commit.writer === call.process,
      );
      const [own] = free.sort((one, other) => one.expiresAt - other.expiresAt);
      if (own === undefined) {
        report(1, `a trial of ${call.process.name} runs without a lease`);
        return;
      }
      own.call = call;
      const running = runningOf(epochOf(own.commit.after));
      const most = own.limit * (1 + world.losses);
      if (running.length > most) report(1, `${running.length} trials run at once in a round of ${own.limit}`);
    },
  };
};
