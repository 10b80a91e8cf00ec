import { type Commit, commitsOf, isStep } from './commit.js';
import type { Called, HistoryEvent } from './history-event.js';
import { Losses } from './losses.js';
import { MemberHistory, membersOf } from './member-history.js';

/** A call, and the process that made it. */
export type CallOfMember = Called & { readonly at: number; readonly by: string };

/** What happened, as the checks look at it. */
export class History {
  readonly commits: readonly Commit[];
  readonly members: ReadonlyMap<string, MemberHistory>;
  readonly losses: Losses;
  readonly #troubles: readonly Span[];

  /** @param events - in the order of time */
  constructor(readonly events: readonly HistoryEvent[]) {
    this.commits = commitsOf(events);
    this.members = membersOf(events);
    this.losses = new Losses(events);
    this.#troubles = troublesOf(events);
  }

  member(name: string): MemberHistory {
    return this.members.get(name) ?? new MemberHistory(name);
  }

  /** Whether a commit may be what somebody ruled by hand. */
  mayBeByHand({ by, ranAt }: Commit): boolean {
    return this.member(by).mayRule(ranAt);
  }

  /** Whether a commit may have taught the storage what that had lost, and what came of it, in one write. */
  mayTeach(commit: Commit): boolean {
    return this.losses.hasBeen(commit.ranAt) && !isStep(commit);
  }

  /** Whether nothing was out of order in that time but the dependency: no fault, and no process that stood still, left or was alone. */
  isCalm(from: number, to: number): boolean {
    return !this.#troubles.some((trouble) => trouble.from <= to && trouble.to >= from);
  }

  /** The calls of all processes, or of one, that began at or after an instant and ended at another at the latest. */
  calls(from: number, to: number, by?: string): CallOfMember[] {
    const members = by === undefined ? [...this.members.values()] : [this.member(by)];
    return members.flatMap(({ name, calls }) =>
      endedBetween(calls, from, to)
        .filter(({ startedAt = Number.NEGATIVE_INFINITY }) => startedAt >= from)
        .map((call) => ({ ...call, by: name })),
    );
  }
}

/** @param calls - in the order of their ends */
function endedBetween<T extends { readonly at: number }>(calls: readonly T[], from: number, to: number): readonly T[] {
  return calls.slice(
    firstIndex(calls, ({ at }) => at >= from),
    firstIndex(calls, ({ at }) => at > to),
  );
}

/** Where something begins to hold that holds ever after. */
function firstIndex<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(items[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a fault has done is over when the harness has seen that all is calm again. */
function troublesOf(events: readonly HistoryEvent[]): Span[] {
  const calmAt = events.filter(({ type }) => type === 'calm-began').map(({ at }) => at);
  return events.flatMap((event): Span[] => {
    const { type, at } = event;
    if (type === 'stalled') return [{ from: at - event.ms, to: at }];
    if (type === 'killed' || type === 'ended') return [{ from: at, to: at }];
    if (type !== 'fault' && type !== 'degraded' && type !== 'frozen') return [];
    return [{ from: at, to: calmAt.find((calm) => calm > at) ?? Number.POSITIVE_INFINITY }];
  });
}
