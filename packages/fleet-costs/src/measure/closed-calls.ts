import { Fleet } from '../fleet/fleet.js';
import { countsBetween, idleTrafficOf } from '../numbers/command-counts.js';
import type { Figure } from '../report/figure.js';
import { countCommands, type Server, untilHeard } from '../server/server.js';
import type { Scale } from './scale.js';

const CALLS = 100_000;
const FLEETS = [1, 4];

/** What calls ask of the server that all succeed: nothing, whatever their number. */
export async function measureClosedCalls(server: Server, scale: Scale): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const processes of FLEETS) figures.push(...(await measureFleet(server, scale, processes)));
  return figures;
}

async function measureFleet(server: Server, { closedMs }: Scale, processes: number): Promise<Figure[]> {
  const topic = `Commands per ${CALLS} calls that succeed, over ${closedMs / 1_000} s`;
  const who = processes === 1 ? 'one process' : `${processes} processes`;
  const plan = {
    address: server.address,
    namespace: server.namespace,
    circuit: `closed-${processes}`,
    sharing: { kind: 'outcomes' },
  } as const;
  return Fleet.use(processes, plan, async (fleet) => {
    await untilHeard(server, plan.circuit, processes);
    const before = await countCommands(server);
    const successes = await fleet.ask('succeed', CALLS / processes, closedMs);
    const traffic = idleTrafficOf(countsBetween(before, await countCommands(server)));
    const calls = successes.reduce((sum, each) => sum + each, 0);
    if (calls !== CALLS) throw new Error(`${CALLS} calls should have succeeded, but ${calls} have`);
    return [
      { topic, what: `${who}: of polls, a GET and a TIME each`, value: traffic.polls, unit: 'commands' },
      { topic, what: `${who}: PINGs`, value: traffic.pings, unit: 'commands' },
      { topic, what: `${who}: all others`, value: traffic.others, unit: 'commands', goal: { exactly: 0 } },
    ];
  });
}
