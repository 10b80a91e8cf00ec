import { type SimulationOptions, simulateFleet, type Violation } from '../../src/index.js';
import { KINDS_OF_FLEETS } from '../../test/simulation/kinds-of-fleets.js';
import type { Plan } from './plan.js';

const MOST_PROCESSES = 6;

/** The simulation of a seed: each one has its own kind of fleet. */
export function simulationOf(seed: number, { processes, steps }: Plan): SimulationOptions {
  const kind = KINDS_OF_FLEETS[seed % KINDS_OF_FLEETS.length];
  return { seed, processes: processes ?? 1 + (seed % MOST_PROCESSES), steps, ...kind?.simulation };
}

/** Says what broke, in which schedule, and how to see it again. */
export function explain({ seed, processes, steps }: SimulationOptions, violations: readonly Violation[]): string {
  const broken = violations.map(({ invariant, step, at, message, schedule }) =>
    [
      `Seed ${seed}, ${processes} processes: invariant ${invariant} is broken at step ${step}, after ${at} ms: ${message}`,
      ...schedule.map((each) => `  ${JSON.stringify(each)}`),
    ].join('\n'),
  );
  return [
    ...broken,
    `See it again: pnpm simulate --seeds 1 --from ${seed} --processes ${processes} --steps ${steps}`,
  ].join('\n');
}

/** Shows all that happens in a simulation, and in the smallest that breaks the same; says whether all is well. */
export async function showRun(simulation: SimulationOptions): Promise<boolean> {
  const { trace, violations } = await simulateFleet(simulation);
  console.log(trace.join('\n'));
  for (const { schedule } of violations) {
    const smallest = await simulateFleet({ ...simulation, schedule });
    console.log(`\nThe same in ${schedule.length} steps:\n${smallest.trace.join('\n')}`);
  }
  console.log(violations.length === 0 ? '\nEvery invariant holds.' : `\n${explain(simulation, violations)}`);
  return violations.length === 0;
}
