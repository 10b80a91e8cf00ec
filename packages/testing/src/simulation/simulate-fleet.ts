import type { CircuitStorage } from '@breaker/core';
import { checkCount, checkFunction, checkInteger, checkObject } from '../check.js';
import { checkFaults, checkSchedule } from './check-simulation.js';
import { drawSchedule } from './draw-schedule.js';
import { FAULT_KINDS, type FaultKind } from './fault-kind.js';
import { type Breach, type Run, runSchedule } from './run-schedule.js';
import { shrink } from './shrink.js';
import { type SimulatedBreakerOptions, withDefaults } from './simulation-options.js';
import type { SimulationStep } from './simulation-step.js';

const DEFAULT_PROCESSES = 3;
const DEFAULT_STEPS = 50;

/** The options of `simulateFleet`. */
export interface SimulationOptions {
  /** An integer. The same one, with the same other options, gives the same run. */
  readonly seed: number;
  /** How many processes share the circuit: an integer of at least 1. Default: 3. */
  readonly processes?: number;
  /** How many actions are drawn: an integer of at least 1. Default: 50. */
  readonly steps?: number;
  /** Which faults may occur: all of them, none, or some. Each seed draws its own few among them. Default: all. */
  readonly faults?: boolean | readonly FaultKind[];
  /**
   * The breakers' options. Default: small numbers (`failureThreshold` 3, `resetTimeoutMs` 1 000, `successThreshold` 2, `maxTrials`
   * 2, `trialTimeoutMs` 2 000), so that much happens in few steps.
   */
  readonly options?: SimulatedBreakerOptions;
  /** Puts something between a breaker and its storage; called for every breaker that is made. */
  readonly wrap?: (storage: CircuitStorage) => CircuitStorage;
  /** The steps to make, instead of drawing them. */
  readonly schedule?: readonly SimulationStep[];
}

/** What a simulation came to. */
export interface SimulationResult {
  readonly seed: number;
  /** How many steps were made: all of them, or those before the first that broke an invariant. */
  readonly steps: number;
  /** How many calls were asked for. */
  readonly calls: number;
  /** How many changes of state the breakers told of. */
  readonly transitions: number;
  /** How many faults there were. */
  readonly faults: number;
  /** What happened, a line each, with the time in milliseconds; the same in every run of the seed. */
  readonly trace: readonly string[];
  /** Empty where all is well; else what the first step broke that broke something. */
  readonly violations: readonly Violation[];
}

/** A broken invariant, and how to see it again. */
export interface Violation extends Breach {
  /** A small schedule that shows it, too; to be replayed with the same seed, processes, options and `wrap`. */
  readonly schedule: readonly SimulationStep[];
}

/**
 * Runs a fleet of breakers over one storage through a random schedule of calls, faults and rulings, in virtual time, and checks at
 * every step what must hold whatever happens; at the end, after faults have stopped, that everything comes right by itself.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected. As rejections
 */
export async function simulateFleet(simulation: SimulationOptions): Promise<SimulationResult> {
  checkObject('simulation', simulation, 'an object with a seed');
  const { seed, processes = DEFAULT_PROCESSES, steps = DEFAULT_STEPS, faults = true } = simulation;
  const { options = {}, wrap = (storage) => storage } = simulation;
  checkInteger('seed', seed);
  checkCount('processes', processes);
  checkCount('steps', steps);
  checkFaults('faults', faults);
  checkObject('options', options, 'options of a breaker');
  checkFunction('wrap', wrap);
  if (simulation.schedule !== undefined) checkSchedule('schedule', simulation.schedule, processes);
  const schedule = simulation.schedule ?? drawSchedule(seed, { processes, steps, faults: kindsOf(faults) });
  const run = (of: readonly SimulationStep[]) =>
    runSchedule({ seed, processes, options: withDefaults(options), wrap }, of);
  const { breaches, ...result } = await run(schedule);
  return { seed, ...result, violations: await shrunk(breaches, schedule, run) };
}

function kindsOf(faults: boolean | readonly FaultKind[]): readonly FaultKind[] {
  if (typeof faults !== 'boolean') return faults;
  return faults ? FAULT_KINDS : [];
}

async function shrunk(
  breaches: readonly Breach[],
  schedule: readonly SimulationStep[],
  run: (schedule: readonly SimulationStep[]) => Promise<Run>,
): Promise<Violation[]> {
  const firsts = new Map(breaches.toReversed().map((breach) => [breach.invariant, breach]));
  const violations: Violation[] = [];
  for (const breach of [...firsts.values()].reverse()) {
    const shows = async (of: readonly SimulationStep[]) =>
      (await run(of)).breaches.some(({ invariant }) => invariant === breach.invariant);
    violations.push({ ...breach, schedule: await shrink(schedule.slice(0, breach.step + 1), shows) });
  }
  return violations;
}
