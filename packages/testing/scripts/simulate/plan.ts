import { parseArgs } from 'node:util';

/** What is to be simulated. */
export interface Plan {
  readonly seeds: number;
  readonly from: number;
  /** Where it is not given, it changes from seed to seed. */
  readonly processes: number | undefined;
  readonly steps: number;
}

export const USAGE = `Usage: pnpm simulate [--seeds N] [--from N] [--processes N] [--steps N]

Runs fleets through random schedules, one for each seed, and stops at the first that breaks an invariant. Each seed has its
own kind of fleet and of faults. One seed alone (--seeds 1 --from N) shows what happens in it.

  --seeds      how many seeds (default 10000)
  --from       the first seed (default 1)
  --processes  how many processes a fleet has (default: 1 to 6, by the seed)
  --steps      how many steps a schedule has (default 50)`;

const OPTIONS = {
  seeds: { type: 'string', default: '10000' },
  from: { type: 'string', default: '1' },
  processes: { type: 'string' },
  steps: { type: 'string', default: '50' },
} as const;

/** Gives the plan, or what is wrong with the arguments. */
export function readPlan(args: readonly string[]): Plan | string {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    return {
      seeds: count('seeds', values.seeds),
      from: count('from', values.from),
      processes: values.processes === undefined ? undefined : count('processes', values.processes),
      steps: count('steps', values.steps),
    };
  } catch (error) {
    return (error as Error).message;
  }
}

function count(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new RangeError(`--${name} must be an integer of at least 1, but is ${value}`);
  return number;
}
