import type { CircuitState } from '@breaker/core';
import type { Commit } from '../commit.js';
import type { History } from '../history.js';
import type { Told } from '../history-event.js';
import { epochOf, isClockBack, type StoredCircuit } from '../stored-circuit.js';
import type { Violation } from '../violation.js';

/** What may follow by itself. */
const NEXT: Readonly<Record<CircuitState, readonly CircuitState[]>> = {
  closed: ['open'],
  open: ['half-open'],
  'half-open': ['open', 'closed'],
  isolated: [],
  disabled: [],
};

const REASONS: Readonly<Record<string, string>> = {
  tripped: 'closed open',
  'trial-due': 'open half-open',
  'trial-failed': 'half-open open',
  'trial-succeeded': 'half-open closed',
};

/**
 * Invariant 3. Only legal changes of state happen, in the storage and in what a breaker tells; open becomes half-open only when
 * the storage's clock says so. By hand, every change is legal.
 */
export function* checkChanges(history: History): Generator<Violation> {
  const known = new Map<string, StoredCircuit>();
  for (const commit of history.commits) {
    if (!isBegun(commit, known) && !history.mayBeByHand(commit) && !mayFollow(commit, known, history)) {
      const { before, after, now, by, ranAt: at } = commit;
      const due = before?.state === 'open' ? ` (due in ${before.openUntilAt - now} ms)` : '';
      yield { invariant: 3, at, message: `${by} changed ${before?.state ?? 'nothing'}${due} to ${after.state}` };
    }
    known.set(epochOf(commit.after), commit.after);
  }
  for (const { name, told } of history.members.values()) {
    for (const event of told) {
      const { from, to, reason, at } = event;
      if (!isTold(event)) yield { invariant: 3, at, message: `${name} told ${from} -> ${to} as ${reason}` };
    }
  }
}

/** Whether the epoch has begun before. */
function isBegun({ before, after }: Commit, known: ReadonlyMap<string, StoredCircuit>): boolean {
  return epochOf(before) === epochOf(after) || known.has(epochOf(after));
}

/** Where the storage has forgotten, a change may be one of what a process knew. */
function mayFollow(commit: Commit, known: ReadonlyMap<string, StoredCircuit>, history: History): boolean {
  const { before, after, now } = commit;
  const origins = history.mayTeach(commit) ? [...known.values(), before] : [before];
  return origins.some((origin) => isLegal(origin, after, now));
}

function isLegal(before: StoredCircuit | undefined, after: StoredCircuit, now: number): boolean {
  if (!NEXT[before?.state ?? 'closed'].includes(after.state)) return false;
  return before?.state !== 'open' || now >= before.openUntilAt || isClockBack(before, now);
}

/** What was shown before a change of the fleet's circuit may have been the process's own, or an epoch further back. */
function isTold({ from, to, reason, scope, origin, isAlone }: Told & { readonly isAlone: boolean }): boolean {
  const way = REASONS[reason];
  if (way === undefined) return true;
  if (scope === 'process' && !isAlone) return way === `${from} ${to}`;
  return from === to || origin === 'remote' || way.endsWith(` ${to}`);
}
