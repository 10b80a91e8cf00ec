import type { CallResult } from '../simulated-call.js';
import type { SimulatedProcess } from '../simulated-process.js';
import type { Watch } from '../watcher.js';

const NAMES = { success: 'successes', failure: 'failures', ignored: 'ignored', rejected: 'rejected' } as const;

/** Invariant 11. After every step, a process's counts are those of the calls that were asked for and answered. */
export const watchCounts: Watch = (world, report) => {
  function resultsOf({ calls }: SimulatedProcess): Map<CallResult | undefined, number> {
    const results = new Map<CallResult | undefined, number>();
    for (const { result } of calls) results.set(result, (results.get(result) ?? 0) + 1);
    return results;
  }

  function mustAddUp(process: SimulatedProcess): void {
    const { counts } = process.breaker;
    const results = resultsOf(process);
    if (counts.calls !== process.calls.length) {
      report(11, `${process.name} counts ${counts.calls} calls of ${process.calls.length}`);
    }
    for (const [result, name] of Object.entries(NAMES)) {
      const number = results.get(result as CallResult) ?? 0;
      if (counts[name] !== number) report(11, `${process.name} counts ${counts[name]} ${name} of ${number}`);
    }
  }

  return {
    stepped() {
      for (const process of world.processes) if (process.isRunning) mustAddUp(process);
    },
  };
};
