import { Fleet } from '../fleet/fleet.js';
import { countsBetween } from '../numbers/command-counts.js';
import { median } from '../numbers/percentile.js';
import type { Figure } from '../report/figure.js';
import { countCommands, type Server } from '../server/server.js';
import type { Scale } from './scale.js';

interface Herd {
  readonly execs: number;
  readonly trials: number;
}

/** What it costs that one of many finds out whether the dependency is back, when all of them are eager to. */
export async function measureHerds(server: Server, scale: Scale): Promise<Figure[]> {
  const { herdProcesses, herds, herdOpenMs } = scale;
  const plan = {
    address: server.address,
    namespace: server.namespace,
    circuit: 'herd',
    sharing: { kind: 'outcomes' },
    options: { resetTimeoutMs: herdOpenMs },
  } as const;
  const all = await Fleet.use(herdProcesses, plan, async (fleet) => {
    const seen: Herd[] = [];
    for (let turn = 0; turn < herds; turn++) seen.push(await letLoose(fleet, server, turn));
    return seen;
  });
  const topic = `A herd: ${herdProcesses} processes call in the moment in which the circuit is due, ${herds} times`;
  const execs = all.map((herd) => herd.execs);
  const trials = all.map((herd) => herd.trials);
  return [
    { topic, what: 'EXECs until one has the lease: median', value: median(execs), unit: 'EXECs', goal: { atMost: 20 } },
    {
      topic,
      what: 'EXECs until one has the lease: at worst',
      value: Math.max(...execs),
      unit: 'EXECs',
      goal: { atMost: 20 },
    },
    { topic, what: 'trials at once, at worst', value: Math.max(...trials), unit: 'trials', goal: { exactly: 1 } },
  ];
}

async function letLoose(fleet: Fleet, server: Server, turn: number): Promise<Herd> {
  const open = fleet.ask('untilShown', 'open');
  await fleet.member(turn).ask('rule', 'open');
  await open;
  const before = await countCommands(server);
  // The trial goes on until all have been answered: nothing but the race for its place is counted.
  const outcomes = await fleet.ask('callWhenDue');
  const { exec = 0 } = countsBetween(before, await countCommands(server));
  const closed = fleet.ask('untilShown', 'closed');
  await fleet.ask('endTrial');
  await closed;
  return { execs: exec, trials: outcomes.filter((outcome) => outcome === 'trial').length };
}
