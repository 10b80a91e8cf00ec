import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import type { MemberHistory } from '../member-history.js';
import type { Violation } from '../violation.js';

type Told = MemberHistory['told'][number];

/**
 * Invariant 7. A change of the fleet's state is told once as this process's own, by the process that committed it and after it
 * did; and once in each of the others, as another's. Changes that a degraded process makes are its own.
 *
 * More than once only where the storage lost something: the same epoch may then be adopted anew.
 */
export function* checkAnnouncements(history: History): Generator<Violation> {
  const times = new Map<string, number>();
  const all = [...history.members.values()].flatMap((member) => member.told.map((event) => ({ member, event })));
  for (const { member, event } of all.sort((one, other) => one.event.at - other.event.at)) {
    if (event.scope !== 'fleet' || event.isAlone) continue;
    const { at } = event;
    const messages = [...mustBeCommitted(event, member, history), ...mustBeNew(event, member, history, times)];
    for (const message of messages)
      yield { invariant: 7, at, message: `${member.name} told ${message}: ${show(event)}` };
  }
}

function* mustBeCommitted(event: Told, { name }: MemberHistory, history: History): Generator<string> {
  const made = commitsBefore(event, history);
  if (event.origin === 'local' && !made.some(({ by }) => by === name)) yield 'as its own what it did not do';
  const isMissing = event.to === 'closed' && history.losses.areRecent(event.at);
  if (event.origin === 'remote' && made.length === 0 && !isMissing) yield 'what nobody did';
}

function* mustBeNew(
  event: Told,
  member: MemberHistory,
  history: History,
  times: Map<string, number>,
): Generator<string> {
  // What is missing may be adopted as often as it is.
  if (event.epoch === 0) return;
  const teller = event.origin === 'local' ? 'the fleet' : member.name;
  const key = `${teller} ${event.epoch} ${event.to}`;
  const count = (times.get(key) ?? 0) + 1;
  times.set(key, count);
  const made = commitsBefore(event, history);
  const since = made[0]?.ranAt ?? event.at;
  const eras = new Set(made.map(({ after }) => after.era)).size;
  // While it was alone it may have shown something else.
  const again = history.losses.between(since, event.at) + member.recoveries(since, event.at);
  if (count > Math.max(1, eras) + again) yield 'again';
}

function commitsBefore({ to, epoch, at }: Told, { commits }: History): readonly Commit[] {
  return commits.filter(({ after, ranAt }) => after.state === to && after.epoch === epoch && ranAt <= at);
}

function show({ from, to, epoch, reason }: Told): string {
  return `${from} -> ${to} in epoch ${epoch} (${reason})`;
}
