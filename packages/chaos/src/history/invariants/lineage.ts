import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import { epochOf, type StoredCircuit } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

/**
 * Invariant 2. As long as the storage keeps its memory, every write is made on what the last one has left, and epoch and revision
 * grow; an epoch and its era say one thing only, ever; and only a change of state begins one, or a `close()`.
 */
export function* checkLineage(history: History): Generator<Violation> {
  const facts = new Map<string, string>();
  let last: Commit | undefined;
  for (const commit of history.commits) {
    const messages = [
      ...mustGrow(commit),
      ...mustFollow(commit, last, history),
      ...mustBegin(commit, facts, history),
      ...mustStay(commit, facts),
    ];
    for (const message of messages) yield { invariant: 2, at: commit.ranAt, message: `${commit.by}: ${message}` };
    last = commit;
  }
  yield* checkObserved(history);
}

function* mustGrow({ before, after }: Commit): Generator<string> {
  if (before !== undefined && !isNewer(after, before)) yield `${numbers(before)} became ${numbers(after)}`;
}

function* mustFollow(commit: Commit, last: Commit | undefined, { losses }: History): Generator<string> {
  const { before, ranAt, now } = commit;
  if (losses.between(last?.ranAt ?? ranAt, ranAt) > 0) return;
  const expected = last?.after;
  if (before === undefined && expected?.keepUntilAt !== undefined && expected.keepUntilAt < now) return;
  if (JSON.stringify(before) === JSON.stringify(expected)) return;
  const stored = last === undefined ? 'nothing' : `${numbers(last.after)} of ${last.by}`;
  yield `wrote on ${before === undefined ? 'nothing' : numbers(before)}, though stored was ${stored}`;
}

function* mustBegin(commit: Commit, facts: Map<string, string>, history: History): Generator<string> {
  const { before, after, ranAt } = commit;
  if (after.epoch > 0 && after.era === undefined) yield `epoch ${after.epoch} has no era`;
  if (epochOf(before) === epochOf(after)) return;
  const hasForgotten = history.losses.hasBeen(ranAt);
  if (facts.has(epochOf(after))) {
    if (!hasForgotten) yield `epoch ${after.epoch} was there before`;
  } else if (before !== undefined && after.epoch <= before.epoch) {
    yield `epoch ${after.epoch} was begun after epoch ${before.epoch}`;
  } else if ((before?.state ?? 'closed') === after.state && !history.mayBeByHand(commit) && !history.mayTeach(commit)) {
    yield `a new epoch began without a change of state: ${after.state}`;
  }
}

function* mustStay({ after }: Commit, facts: Map<string, string>): Generator<string> {
  const epoch = epochOf(after);
  const known = facts.get(epoch);
  const seen = factsOf(after);
  facts.set(epoch, known ?? seen);
  if (known !== undefined && known !== seen) yield `epoch ${after.epoch} was ${known}, and became ${seen}`;
}

/** What is frozen as long as an epoch lasts. */
function factsOf(record: StoredCircuit): string {
  switch (record.state) {
    case 'open':
      return `open until ${record.openUntilAt} after ${record.trips} trips`;
    case 'half-open':
      return `half-open with ${record.limit} places, needing ${record.need}, after ${record.trips} trips`;
    default:
      return record.state;
  }
}

/** What a server publishes on one connection comes in the order of its writes. */
function* checkObserved({ events, losses }: History): Generator<Violation> {
  const lasts = new Map<string, { readonly record: StoredCircuit; readonly at: number }>();
  for (const event of events) {
    if (event.type !== 'observed') continue;
    const { server, link, at } = event;
    const record = event.record as StoredCircuit;
    const last = lasts.get(`${server} ${link}`);
    lasts.set(`${server} ${link}`, { record, at });
    if (last === undefined || isNewer(record, last.record) || losses.between(last.at, at) > 0) continue;
    const message = `server ${server} published ${numbers(record)} after ${numbers(last.record)}`;
    yield { invariant: 2, at, message };
  }
}

function isNewer(one: StoredCircuit, other: StoredCircuit): boolean {
  return one.epoch === other.epoch ? one.revision > other.revision : one.epoch > other.epoch;
}

function numbers({ epoch, revision }: StoredCircuit): string {
  return `${epoch}.${revision}`;
}
