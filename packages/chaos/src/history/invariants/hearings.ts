import type { BreakerSettings } from '../../member/member-settings.js';
import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import { asStoredCircuit, epochOf, isClockBack } from '../stored-circuit.js';
import type { Expectations, Violation } from '../violation.js';

const DEFAULTS = { hearingMs: 150, flushIntervalMs: 50, failureThreshold: 5 };
/** A witness speaks within this part of a hearing. */
const SPOKEN_WITHIN = 0.25;
/** What timers are set later by, by chance. */
const JITTER = 1.3;

/**
 * Invariant 14, for shared outcomes and consecutive failures, while nothing but the dependency is out of order. Nothing trips the
 * fleet but the end of a hearing. The failures of one process do not trip the fleet while another one succeeds that has time to say so. And where every call fails, the fleet is
 * open within three hearings and flushes of the failure that meets the policy.
 */
export function* checkHearings(history: History, { toleranceMs }: Required<Expectations>): Generator<Violation> {
  const begunAt = new Map<string, number>([[epochOf(undefined), 0]]);
  for (const commit of history.commits) {
    const epoch = epochOf(commit.after);
    // What has begun before is taught again.
    const isBegun = begunAt.has(epoch);
    if (!isBegun) begunAt.set(epoch, commit.ranAt);
    if (isBegun || !isTrip(commit, history)) continue;
    yield* mustHaveBeenHeard(commit, begunAt.get(epochOf(commit.before)) ?? 0, history, toleranceMs);
  }
  yield* mustOpen(history, toleranceMs);
}

function isTrip(commit: Commit, history: History): boolean {
  if (!countsStreaks(history.member(commit.by).settings)) return false;
  if (history.mayBeByHand(commit) || history.mayTeach(commit)) return false;
  return (commit.before?.state ?? 'closed') === 'closed' && commit.after.state === 'open';
}

function countsStreaks({ failureRate, shareTrips }: BreakerSettings): boolean {
  return failureRate === undefined && shareTrips === undefined;
}

function* mustHaveBeenHeard(
  commit: Commit,
  since: number,
  history: History,
  toleranceMs: number,
): Generator<Violation> {
  const { before, ranAt: at, now, by } = commit;
  const { hearingMs = DEFAULTS.hearingMs } = history.member(by).settings.shareOutcomes ?? {};
  if (hearingMs === 0) return;
  if (
    before?.state !== 'closed' ||
    before.hearingEndsAt === undefined ||
    (now < before.hearingEndsAt && !isClockBack(before, now))
  ) {
    yield { invariant: 14, at, message: `${by} tripped the fleet without a hearing` };
    return;
  }
  const endsAt = at - (now - before.hearingEndsAt);
  const calls = history.calls(since, at);
  const [failing, ...others] = new Set(calls.filter(({ outcome }) => outcome === 'failure').map((call) => call.by));
  if (others.length > 0 || !history.isCalm(endsAt - hearingMs - toleranceMs, at)) return;
  const saidBy = endsAt - SPOKEN_WITHIN * hearingMs - toleranceMs / 4;
  for (const { by: name, at: heardAt } of hearingsHeard(before.hearingEndsAt, history)) {
    const witness = calls.find(
      (call) => call.by === name && call.outcome === 'success' && (call.startedAt ?? 0) > heardAt && call.at < saidBy,
    );
    if (name === failing || witness === undefined) continue;
    yield { invariant: 14, at, message: `${failing} alone tripped the fleet while ${name} succeeded` };
  }
}

function hearingsHeard(hearingEndsAt: number, { events }: History): { readonly by: string; readonly at: number }[] {
  return events.filter((event) => {
    const record = event.type === 'pushed' ? asStoredCircuit(event.record) : undefined;
    return record?.state === 'closed' && record.hearingEndsAt === hearingEndsAt;
  });
}

function* mustOpen(history: History, toleranceMs: number): Generator<Violation> {
  // Policies of two kinds forget what the other remembers: then processes may for long be open for themselves alone.
  if (![...history.members.values()].every(({ settings }) => countsStreaks(settings))) return;
  for (const { from, to } of outages(history)) {
    const failures = history.calls(from, to).filter(({ outcome }) => outcome === 'failure');
    const { failureThreshold, limitMs } = slowest(history);
    const metAt = failures.map(({ at }) => at).sort((one, other) => one - other)[failureThreshold - 1];
    if (metAt === undefined) continue;
    const by = metAt + limitMs + toleranceMs;
    if (by > to || !history.isCalm(from - toleranceMs, by)) continue;
    const last = history.commits.findLast(({ ranAt }) => ranAt <= by);
    if (last === undefined || last.after.state === 'closed') {
      yield {
        invariant: 14,
        at: by,
        message: `all calls fail since ${Math.round(from)}, and the fleet is still closed`,
      };
    }
  }
}

/** When every call of every process met a dependency that was down. */
function outages({ events, members }: History): { readonly from: number; readonly to: number }[] {
  const meets = new Map<string, string>();
  const found: { from: number; to: number }[] = [];
  let from: number | undefined;
  for (const event of events) {
    if (event.type !== 'met' && event.type !== 'started' && event.type !== 'killed' && event.type !== 'ended') continue;
    if (event.type === 'met') meets.set(event.by, event.dependency);
    else if (event.type === 'started') meets.set(event.by, 'up');
    else meets.delete(event.member);
    const areDown = meets.size > 0 && [...meets.values()].every((dependency) => dependency === 'down');
    if (areDown && members.size > 0) from ??= event.at;
    else if (from !== undefined) {
      found.push({ from, to: event.at });
      from = undefined;
    }
  }
  return found;
}

function slowest({ members }: History): { readonly failureThreshold: number; readonly limitMs: number } {
  const all = [...members.values()].map(({ settings }) => settings);
  const hearingMs = Math.max(...all.map(({ shareOutcomes }) => shareOutcomes?.hearingMs ?? DEFAULTS.hearingMs));
  const flushMs = Math.max(
    ...all.map(({ shareOutcomes }) => shareOutcomes?.flushIntervalMs ?? DEFAULTS.flushIntervalMs),
  );
  const failureThreshold = Math.max(...all.map((each) => each.failureThreshold ?? DEFAULTS.failureThreshold));
  return { failureThreshold, limitMs: 3 * (hearingMs + flushMs * JITTER) };
}
