import type { BreakerEvent, CircuitState, StateChangeEvent } from '@breaker/core';
import type { SimulatedProcess } from '../simulated-process.js';
import { epochOf, isClockBack, type StoredCircuit } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/** What may follow by itself; a commit may hold several changes, so the way may go over several states. */
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
export const watchChanges: Watch = (world, report) => {
  const known = new Map<string, StoredCircuit>();

  function mustBeLegal({ before, after, now, mayBeByHand, writer }: Commit): void {
    // What is missing is a closed circuit of epoch 0.
    const isSame = epochOf(before ?? { epoch: 0 }) === epochOf(after);
    if (isSame || known.has(epochOf(after)) || mayBeByHand) return;
    // Where the storage has forgotten, the change is one of what the process knew.
    const origins = before === undefined || world.losses > 0 ? [...known.values(), before] : [before];
    if (origins.some((origin) => isLegal(origin, after, now))) return;
    const due = before?.state === 'open' ? ` (due in ${before.openUntilAt - now} ms)` : '';
    report(3, `${writer.name} changed ${before?.state ?? 'nothing'}${due} to ${after.state}`);
  }

  function mustBeTold(process: SimulatedProcess, event: BreakerEvent): void {
    if (event.type !== 'state-change') return;
    const { from, to, reason } = event;
    if (from !== process.state) report(7, `${process.name} told ${from} -> ${to}, but had shown ${process.state}`);
    if (!isTold(event, process.isDegraded)) report(3, `${process.name} told ${from} -> ${to} as ${reason}`);
  }

  return {
    committed(commit) {
      mustBeLegal(commit);
      known.set(epochOf(commit.after), commit.after);
    },
    told: mustBeTold,
  };
};

function isLegal(before: StoredCircuit | undefined, after: StoredCircuit, now: number): boolean {
  const from = before?.state ?? 'closed';
  if (!NEXT[from].includes(after.state)) return false;
  return before?.state !== 'open' || now >= before.openUntilAt || isClockBack(before, now);
}

/**
 * Whether a change is one that its reason can make. Where the fleet's circuit changes (or the private one that stands in for it), what
 * was shown before may have been the process's own, or an epoch further back.
 */
function isTold({ from, to, reason, scope, origin }: StateChangeEvent, isDegraded: boolean): boolean {
  const way = REASONS[reason];
  if (way === undefined) return true;
  if (scope === 'process' && !isDegraded) return way === `${from} ${to}`;
  return from === to || origin === 'remote' || way.endsWith(` ${to}`);
}
