import { epochOf, type StoredCircuit } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/**
 * Invariant 2. Epoch and revision grow with every write, as long as the storage keeps its memory; an epoch and its era say one
 * thing only, ever; and only a change of state begins one, or a `close()`.
 */
export const watchLineage: Watch = (world, report) => {
  const facts = new Map<string, string>();

  function mustGrow({ before, after }: Commit): void {
    if (before === undefined) return;
    const hasGrown = after.epoch > before.epoch || (after.epoch === before.epoch && after.revision > before.revision);
    if (!hasGrown) report(2, `${numbers(before)} became ${numbers(after)}`);
  }

  function mustBegin({ before, after, mayBeByHand, writer }: Commit): void {
    if (after.epoch > 0 && after.era === undefined) report(2, `epoch ${after.epoch} has no era`);
    if (before === undefined || epochOf(before) === epochOf(after)) return;
    if (facts.has(epochOf(after))) {
      if (world.losses === 0) report(2, `epoch ${after.epoch} of ${writer.name} was there before`);
    } else if (after.epoch <= before.epoch) {
      report(2, `${writer.name} began epoch ${after.epoch} after epoch ${before.epoch}`);
    } else if (before.state === after.state && !mayBeByHand && world.losses === 0) {
      report(2, `a new epoch began without a change of state: ${after.state}`);
    }
  }

  function mustStay({ after }: Commit): void {
    const epoch = epochOf(after);
    const known = facts.get(epoch);
    const seen = factsOf(after);
    if (known === undefined) facts.set(epoch, seen);
    else if (known !== seen) report(2, `epoch ${after.epoch} was ${known}, and became ${seen}`);
  }

  return {
    committed(commit) {
      mustGrow(commit);
      mustBegin(commit);
      mustStay(commit);
    },
  };
};

function numbers({ epoch, revision }: StoredCircuit): string {
  return `${epoch}.${revision}`;
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
