import type { SimulatedProcess } from '../simulated-process.js';
import { epochOf, isClockBack, leasesOf } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/**
 * Invariant 4. A lease is used up by its holder alone, once, and frees no other's place. What ends a round, other than by hand, is
 * a lease of the process that ended it.
 */
export const watchSettlements: Watch = (world, report) => {
  const holders = new Map<string, SimulatedProcess>();
  const used = new Set<string>();

  function mustHoldWhatEnds({ before, after, writer, mayBeByHand }: Commit): void {
    if (before?.state !== 'half-open' || epochOf(before) === epochOf(after) || mayBeByHand) return;
    if (!before.leases.some(({ id }) => holders.get(id) === writer)) {
      report(4, `${writer.name} ended a round (${after.state}) without a lease in it`);
    }
  }

  function mustHoldWhatGoes({ before, after, writer, now }: Commit): void {
    if (before?.state !== 'half-open' || after.state !== 'half-open' || epochOf(before) !== epochOf(after)) return;
    const kept = leasesOf(after).map(({ id }) => id);
    const gone = before.leases.filter(({ id }) => !kept.includes(id));
    const own = gone.filter(({ id }) => holders.get(id) === writer);
    const lapsed = (expiresAt: number) => expiresAt <= now || isClockBack(before, now);
    for (const { id, expiresAt } of gone) {
      if (holders.get(id) !== writer && !lapsed(expiresAt)) report(4, `${writer.name} freed the place of another`);
    }
    const won = after.successes - before.successes;
    if (won < 0 || won > own.length) report(4, `${writer.name} added ${won} successes with ${own.length} leases`);
    if (won > 0) for (const { id } of own) use(id);
  }

  function use(id: string): void {
    if (used.has(id)) report(4, 'a lease was used twice');
    used.add(id);
  }

  return {
    committed(commit) {
      // A storage that has lost something is taught what there was, and what came of it, in one write.
      if (world.losses === 0) {
        mustHoldWhatEnds(commit);
        mustHoldWhatGoes(commit);
      }
      for (const { id } of leasesOf(commit.after)) if (!holders.has(id)) holders.set(id, commit.writer);
    },
  };
};
