import type { SimulatedCall } from '../simulated-call.js';
import { epochOf, type StoredClosed } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/** The longest that a few messages take in a network without faults. */
const NETWORK_MS = 30;
/** What timers are set later by, by chance. */
const JITTER = 1.3;
/** A streak is kept for as long at least. */
const REMEMBERED_MS = 60_000;
/** When a witness has spoken at the latest: after so much of a hearing. */
const SPOKEN_AFTER = 0.4;

/**
 * Invariant 14, for shared outcomes and consecutive failures, while all is calm. Where every call of an epoch has failed, everywhere,
 * the fleet is open within three hearings and flushes of the failure that meets the policy. And the failures of one process do
 * not trip it while another one succeeds that has time to say so.
 */
export const watchHearings: Watch = (world, report) => {
  let epoch = '';
  let begunAt = 0;
  /** When the streak that is stored began, or shrank. */
  let streakAt = 0;

  function follow({ after, at, before }: Commit): void {
    if (epochOf(after) !== epoch) {
      // A record that has expired begins at epoch 0 again, and who sleeps hears of it late.
      if (after.epoch > 0) begunAt = at;
      else if (epoch !== '') begunAt = Number.POSITIVE_INFINITY;
      epoch = epochOf(after);
      streakAt = at;
    } else if (streakOf(after) < streakOf(before) || streakOf(before) === 0) {
      streakAt = at;
    }
  }

  function mustHaveBeenHeard({ before, after, now, mayBeByHand }: Commit): void {
    if (before?.state !== 'closed' || after.state !== 'open' || mayBeByHand || world.calmSince > streakAt) return;
    const [failing, ...others] = names(callsSince(begunAt).filter(({ result }) => result === 'failure'));
    if (failing === undefined || others.length > 0) return;
    const [witness] = names(witnesses(now, before)).filter((name) => name !== failing);
    if (witness !== undefined) report(14, `${failing} alone tripped the fleet while ${witness} succeeded`);
  }

  function witnesses(now: number, { hearingEndsAt = now }: StoredClosed): SimulatedCall[] {
    const { hearingMs } = slowest();
    const until = world.now - Math.max(0, now - hearingEndsAt) - (1 - SPOKEN_AFTER) * hearingMs - NETWORK_MS;
    return callsSince(streakAt + NETWORK_MS).filter(
      ({ result, process, startedAt = 0, settledAt = 0 }) =>
        result === 'success' && process.isRunning && startedAt > streakAt + NETWORK_MS && settledAt < until,
    );
  }

  function mustBeOpen(): void {
    const { stored } = world;
    if ((stored !== undefined && stored.state !== 'closed') || world.calmSince > begunAt || hasSomebodyLeft()) return;
    const ended = callsSince(begunAt).filter(({ result }) => result !== 'rejected');
    if (ended.some(({ result }) => result !== 'failure')) return;
    const last = meetsPolicyAt(ended);
    const { hearingMs, flushIntervalMs } = slowest();
    const most = 3 * (hearingMs + flushIntervalMs * JITTER + NETWORK_MS);
    if (last === undefined || world.now - last <= most) return;
    report(14, `all calls fail, and the fleet is still closed ${world.now - last} ms later`);
  }

  /** When the failures that everybody knows to be of this epoch were as many as any process asks for. */
  function meetsPolicyAt(failures: readonly SimulatedCall[]): number | undefined {
    const { failureThreshold } = slowest();
    return failures
      .filter(({ startedAt = 0 }) => startedAt >= begunAt + NETWORK_MS)
      .map(({ settledAt = 0 }) => settledAt)
      .filter((settledAt) => settledAt >= world.now - REMEMBERED_MS)
      .sort((one, other) => one - other)[failureThreshold - 1];
  }

  /** A process that goes takes along what it had not reported, and the hearing that it opened. */
  function hasSomebodyLeft(): boolean {
    return world.processes.some(({ endedAt }) => endedAt >= begunAt && endedAt <= world.now);
  }

  function callsSince(since: number): SimulatedCall[] {
    return world.processes.flatMap(({ calls }) => calls).filter(({ settledAt = -1 }) => settledAt >= since);
  }

  /** Of all processes, the longest and the most. */
  function slowest() {
    const sharing = sharings();
    return {
      hearingMs: Math.max(...sharing.map(({ hearingMs }) => hearingMs)),
      flushIntervalMs: Math.max(...sharing.map(({ flushIntervalMs }) => flushIntervalMs)),
      failureThreshold: Math.max(...thresholds()),
    };
  }

  function sharings() {
    const all = world.processes.map(({ breaker }) => breaker.options.sharing);
    return all.flatMap((sharing) => (sharing?.kind === 'outcomes' ? [sharing] : []));
  }

  function thresholds(): number[] {
    return world.processes.flatMap(({ breaker }) => breaker.options.failureThreshold ?? []);
  }

  function isWatched(): boolean {
    return Math.min(sharings().length, thresholds().length) === world.processes.length;
  }

  /** Whether every hearing leaves time for a word. */
  function isHeard(): boolean {
    return sharings().every(({ hearingMs }) => hearingMs * SPOKEN_AFTER > NETWORK_MS);
  }

  return {
    committed(commit) {
      if (isWatched() && isHeard()) mustHaveBeenHeard(commit);
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

function names(calls: readonly SimulatedCall[]): string[] {
  return [...new Set(calls.map(({ process }) => process.name))];
}
