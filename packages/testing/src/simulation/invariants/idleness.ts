import type { BreakerEvent } from '@breaker/core';
import type { SimulatedProcess } from '../simulated-process.js';
import type { StoredCircuit } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/** How long after a hearing, or a round, there may still be something to settle. */
const AFTERMATH_MS = 3_000;

/**
 * Invariant 10, while all is calm. A process asks the storage to change something only with a reason: a failure or a slow call
 * since it last did, a hearing, a circuit that is due or half-open, or a ruling; and it writes only what is new. And no timer of a breaker keeps its process alive
 * (invariant 12).
 */
export const watchIdleness: Watch = (world, report) => {
  const troubles = new Map<SimulatedProcess, number>();
  /** Who asked without a reason, and when. */
  const suspects = new Map<SimulatedProcess, number>();
  let lastUnrestAt = Number.NEGATIVE_INFINITY;

  function look(): void {
    const { stored } = world;
    if (stored === undefined) return;
    if (stored.state !== 'closed' || stored.hearingEndsAt !== undefined) lastUnrestAt = world.now;
  }

  function hasReason(process: SimulatedProcess): boolean {
    if (process.isDegraded || process.isDisposed || world.calmSince > world.now || world.losses > 0) return true;
    if ((troubles.get(process) ?? 0) > 0 || process.hasRulings || process.state !== 'closed') return true;
    return (
      world.now - lastUnrestAt < AFTERMATH_MS ||
      process.calls.some(({ isRunning, isTrialOfFleet }) => isRunning && isTrialOfFleet)
    );
  }

  return {
    asked({ process, operation }) {
      if (operation === 'read') return;
      look();
      if (!hasReason(process)) suspects.set(process, world.now);
      troubles.set(process, 0);
    },

    committed(commit) {
      look();
      if (world.losses === 0 && isSame(commit)) report(10, `${commit.writer.name} wrote what was there`);
    },

    told(process: SimulatedProcess, event: BreakerEvent) {
      if (event.type === 'state-change') lastUnrestAt = world.now;
      const isTrouble = event.type === 'failure' || (event.type === 'success' && event.slow);
      if (!isTrouble) return;
      // A breaker may ask first, and tell why in the same breath.
      if (suspects.get(process) === world.now) suspects.delete(process);
      else troubles.set(process, (troubles.get(process) ?? 0) + 1);
    },

    stepped() {
      look();
      for (const { name } of suspects.keys()) report(10, `${name} made an update without a reason`);
      suspects.clear();
      for (const process of world.processes) {
        const { referenced } = process.clock;
        if (process.isRunning && referenced > 0) report(12, `${referenced} timers keep ${process.name} alive`);
      }
    },
  };
};

function isSame({ before, after }: Commit): boolean {
  // A closed circuit may learn what it knows: as many failures in a row as it had counted.
  return before !== undefined && before.state !== 'closed' && meaningOf(before) === meaningOf(after);
}

/** What a record says, but for when and how often it was written. */
function meaningOf(record: StoredCircuit): string {
  const { revision: _, changedAt: __, keepUntilAt: ___, ...meaning } = record;
  return JSON.stringify(meaning);
}
