import { ALL_INVARIANTS } from './all-invariants.js';
import { finish } from './finish.js';
import type { SimulationStep } from './simulation-step.js';
import { takeStep } from './take-step.js';
import { Tally } from './tally.js';
import { Trace } from './trace.js';
import { watchRejections } from './unhandled-rejections.js';
import { World, type WorldOptions } from './world.js';

/** A broken invariant. */
export interface Breach {
  /** Its number in the design. */
  readonly invariant: number;
  /** The step at which it was noticed, from 0; the number of steps where it was at the end, after faults had stopped. */
  readonly step: number;
  /** When, in milliseconds from the beginning. */
  readonly at: number;
  readonly message: string;
}

export interface Run {
  readonly steps: number;
  readonly calls: number;
  readonly transitions: number;
  readonly faults: number;
  readonly trace: readonly string[];
  readonly breaches: readonly Breach[];
}

/** Runs a schedule to its end, or to the first step that breaks an invariant. */
export async function runSchedule(options: WorldOptions, schedule: readonly SimulationStep[]): Promise<Run> {
  const breaches: Breach[] = [];
  let steps = 0;
  const world = new World(options);
  const report = (invariant: number, message: string) => {
    breaches.push({ invariant, step: steps, at: world.now, message });
  };
  const trace = new Trace(world);
  const tally = new Tally();
  world.start([trace, tally, ...ALL_INVARIANTS.map((watch) => watch(world, report))]);
  const unwatch = watchRejections(report);
  try {
    for (const step of schedule) {
      trace.step(step);
      if (step.action === 'fault') tally.faults++;
      await takeStep(world, step);
      world.stepped();
      if (breaches.length > 0) break;
      steps++;
    }
    if (breaches.length === 0) {
      trace.note('the end: faults stop');
      await finish(world, report);
    }
  } catch (error) {
    // A timer that sets itself anew without end, or a listener's call that must not fail.
    report(12, `it could not go on: ${String(error)}`);
  } finally {
    unwatch();
  }
  const { transitions, faults } = tally;
  const calls = world.processes.reduce((sum, process) => sum + process.calls.length, 0);
  return { steps, calls, transitions, faults, trace: trace.lines, breaches };
}
