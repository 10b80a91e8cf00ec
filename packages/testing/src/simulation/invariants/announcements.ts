import type { BreakerEvent, StateChangeEvent } from '@breaker/core';
import type { SimulatedProcess } from '../simulated-process.js';
import { epochOf } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/** An answer that takes longer is given up. */
const ANSWER_MS = 5_000;

/**
 * Invariant 7. A change of the fleet's state is told once as this process's own, by the process that committed it and after it
 * did; and once in each of the others, as another's. Changes that a degraded process makes are its own.
 *
 * More than once only where the storage lost something, or a record has expired: the same epoch may then be adopted anew.
 */
export const watchAnnouncements: Watch = (world, report) => {
  const commits: Commit[] = [];
  const seen = new Set<string>();
  const told = new Map<string, number>();
  let expiries = 0;
  let lastMissingAt = Number.NEGATIVE_INFINITY;

  /** What is missing, or was when the storage was asked, is closed, too. */
  function isMissing(): boolean {
    return world.stored === undefined || world.now - lastMissingAt < ANSWER_MS;
  }

  function mustBeCommitted(process: SimulatedProcess, event: StateChangeEvent): void {
    const made = commits.filter(({ after }) => after.state === event.to && after.epoch === event.epoch);
    const own = made.some(({ writer }) => writer === process);
    if (event.origin === 'local' && !own) report(7, `${process.name} told as its own: ${show(event)}`);
    if (event.origin === 'remote' && made.length === 0 && !(event.to === 'closed' && isMissing())) {
      report(7, `${process.name} told what nobody did: ${show(event)}`);
    }
  }

  function mustBeNew(process: SimulatedProcess, event: StateChangeEvent): void {
    // What is missing may be adopted as often as it is.
    if (event.epoch === 0) return;
    const teller = event.origin === 'local' ? 'the fleet' : world.processes.indexOf(process);
    const key = `${teller} ${event.epoch} ${event.to}`;
    const times = (told.get(key) ?? 0) + 1;
    told.set(key, times);
    const eras = commits.filter(({ after }) => after.epoch === event.epoch && after.state === event.to).length;
    if (times > Math.max(1, eras) + world.losses + expiries) report(7, `${process.name} told again: ${show(event)}`);
  }

  /** What it showed while it was alone may have been something else. */
  function forgetWhatWasTold(process: SimulatedProcess): void {
    const teller = `${world.processes.indexOf(process)} `;
    for (const key of told.keys()) if (key.startsWith(teller)) told.delete(key);
  }

  return {
    asked() {
      if (world.stored === undefined) lastMissingAt = world.now;
    },

    committed(commit) {
      if (commit.before === undefined) lastMissingAt = world.now;
      if (commit.before === undefined && commits.length > 0) expiries++;
      if (!seen.has(epochOf(commit.after))) commits.push(commit);
      seen.add(epochOf(commit.after));
    },

    told(process: SimulatedProcess, event: BreakerEvent) {
      if (event.type === 'storage-recovered') forgetWhatWasTold(process);
      if (event.type !== 'state-change' || event.scope !== 'fleet' || process.isDegraded || process.isDisposed) return;
      mustBeCommitted(process, event);
      mustBeNew(process, event);
    },

    stepped() {
      for (const process of world.processes) {
        if (!process.isRunning || !process.wasUsed) continue;
        process.wasUsed = false;
        const { state } = process.breaker;
        if (state !== process.state) report(7, `${process.name} shows ${state}, but told ${process.state} last`);
      }
    },
  };
};

function show({ from, to, epoch, reason }: StateChangeEvent): string {
  return `${from} -> ${to} in epoch ${epoch} (${reason})`;
}
