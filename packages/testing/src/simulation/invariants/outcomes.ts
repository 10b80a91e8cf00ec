import type { SimulatedProcess } from '../simulated-process.js';
import { epochOf, type StoredCircuit } from '../stored-circuit.js';
import type { Commit, Watch } from '../watcher.js';

/**
 * Invariants 4 and 5. What a process adds to the failures of an epoch are failures of calls that it began in that epoch, each
 * counted once; a circuit trips on no fewer than the policy asks for; and it closes with no fewer successes of trials than the
 * round needs. By hand, it does anything.
 *
 * What a storage is taught that it has lost counts for nothing here. Failures are counted where the policy is that of consecutive failures.
 */
export const watchOutcomes: Watch = (world, report) => {
  /** When each epoch was first written. */
  const begunAt = new Map<string, number>();
  let highestEpoch = 0;
  /** How many failures a process has added to the memory of an epoch. */
  const added = new Map<string, number>();

  function failuresSince(process: SimulatedProcess, since: number): number {
    return process.calls.filter(({ result, startedAt = 0 }) => result === 'failure' && startedAt >= since).length;
  }

  function mustHaveFailed({ writer, before, after }: Commit): void {
    const memory = memoryOf(after);
    if (memory === undefined || (before !== undefined && epochOf(before) !== epochOf(after))) return;
    const growth = memory - (memoryOf(before) ?? 0);
    if (growth <= 0) return;
    const key = `${epochOf(after)} ${world.processes.indexOf(writer)}`;
    const sum = (added.get(key) ?? 0) + growth;
    added.set(key, sum);
    const failures = failuresSince(writer, begunAt.get(epochOf(after)) ?? 0);
    if (sum > failures) report(4, `${writer.name} reported ${sum} failures in an epoch in which it had ${failures}`);
  }

  function mustHaveTripped({ writer, before, after, mayBeByHand }: Commit): void {
    if (after.state !== 'open' || before?.state !== 'closed' || mayBeByHand) return;
    const since = begunAt.get(epochOf(before)) ?? 0;
    const { failureThreshold, sharing } = writer.breaker.options;
    if (failureThreshold === undefined) return;
    const failing = world.processes.map((process) => failuresSince(process, since));
    const failures = failing.reduce((sum, each) => sum + each, 0);
    if (sharing?.kind === 'trips') {
      const tripped = failing.filter((count) => count > 0).length;
      if (tripped < sharing.quorum) report(5, `${tripped} processes with failures made a quorum of ${sharing.quorum}`);
    } else if (failures < failureThreshold) {
      report(5, `the fleet tripped on ${failures} failures in an epoch, instead of ${failureThreshold}`);
    }
  }

  function mustHaveWon({ before, after, mayBeByHand }: Commit): void {
    if (after.state !== 'closed' || before?.state !== 'half-open' || mayBeByHand) return;
    const since = begunAt.get(epochOf(before)) ?? 0;
    const won = world.processes
      .flatMap(({ calls }) => calls)
      .filter(({ scope, result, startedAt = 0 }) => scope === 'fleet' && result === 'success' && startedAt >= since);
    if (won.length < before.need) {
      report(5, `the fleet closed with ${won.length} successes of trials, instead of ${before.need}`);
    }
  }

  /** The storage has fallen back behind what was known: it is taught, and told what came of that, in one write. */
  function isTaught({ before, after }: Commit): boolean {
    return begunAt.has(epochOf(after)) || (world.losses > 0 && (before?.epoch ?? 0) < highestEpoch);
  }

  return {
    committed(commit) {
      mustHaveFailed(commit);
      if (!isTaught(commit)) {
        mustHaveTripped(commit);
        mustHaveWon(commit);
      }
      highestEpoch = Math.max(highestEpoch, commit.after.epoch);
      const epoch = epochOf(commit.after);
      if (!begunAt.has(epoch)) begunAt.set(epoch, commit.after.epoch === 0 ? 0 : commit.at);
    },
  };
};

function memoryOf(record: StoredCircuit | undefined): number | undefined {
  if (record?.state !== 'closed' || record.policyKey !== 'consecutive-failures') return undefined;
  return record.memory as number;
}
