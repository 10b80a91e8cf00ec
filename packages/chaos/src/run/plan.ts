import { parseArgs } from 'node:util';
import type { ServersKind } from '../servers/servers.js';

/** What a chaos run is to do. */
export interface Plan {
  readonly minutes: number;
  readonly seed: number;
  readonly processes: number;
  readonly servers: ServersKind;
}

const KINDS: readonly ServersKind[] = ['single', 'sentinel', 'cluster'];
const FEWEST_PROCESSES = 3;
const HIGHEST_SEED = 2 ** 31;

export const USAGE = `Usage: pnpm chaos [--minutes N] [--seed S] [--processes P] [--servers single|sentinel|cluster]

Lets a fleet of processes share a circuit through real servers, breaks whatever can break, and checks at the end from all that they
wrote down that no invariant was broken. The seed draws the faults; how they meet is up to the machine.

  --minutes    how long, roughly (default 1; 0.5 is half a minute)
  --seed       draws what happens (default: by chance)
  --processes  how many processes the fleet has, at least ${FEWEST_PROCESSES} (default 5)
  --servers    one server, a master and a replica with three Sentinels, or a Cluster of six (default single)
  --help       shows this`;

const OPTIONS = {
  minutes: { type: 'string', default: '1' },
  seed: { type: 'string' },
  processes: { type: 'string', default: '5' },
  servers: { type: 'string', default: 'single' },
  help: { type: 'boolean', default: false },
} as const;

/** Gives the plan, `help` where that is asked for, or what is wrong with the arguments. */
export function readPlan(args: readonly string[]): Plan | 'help' | Error {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) return 'help';
    return {
      minutes: minutes(values.minutes),
      seed: values.seed === undefined ? Math.floor(Math.random() * HIGHEST_SEED) : integer('seed', values.seed, 0),
      processes: integer('processes', values.processes, FEWEST_PROCESSES),
      servers: kind(values.servers),
    };
  } catch (error) {
    return error as Error;
  }
}

function minutes(value: string): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new RangeError(`--minutes must be a number above 0, but is ${value}`);
}

function integer(name: string, value: string, least: number): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isSafeInteger(number) && number >= least) return number;
  throw new RangeError(`--${name} must be an integer of at least ${least}, but is ${value}`);
}

function kind(value: string): ServersKind {
  const found = KINDS.find((each) => each === value);
  if (found !== undefined) return found;
  throw new RangeError(`--servers must be one of ${KINDS.join(', ')}, but is ${value}`);
}
