import { Fleet } from '../fleet/fleet.js';
import type { MemberPlan } from '../fleet/member-plan.js';
import { countsBetween } from '../numbers/command-counts.js';
import { countBytes, countCommands, countCpuMs, type Server } from '../server/server.js';
import type { Scale } from './scale.js';

/** What a fleet asks of its server in one situation. */
export interface FleetCost {
  readonly sharing: string;
  readonly processes: number;
  readonly situation: string;
  readonly readsPerSecond: number;
  readonly changesPerSecond: number;
  /** Of those changes that had something to write, how many have, and how many lost the race and came again. */
  readonly execsPerSecond: number;
  readonly lostExecsPerSecond: number;
  /** Either way, pushes included. */
  readonly bytesPerSecond: number;
  /** Of the server's processor. */
  readonly cpuMsPerSecond: number;
}

export const CALLS_PER_SECOND = 50;
/** Short, that there are some trials while everything is down. */
export const RESET_TIMEOUT_MS = 1_000;

/** The kinds of sharing; outcomes once for each policy that can be shared so. */
const KINDS: readonly Kind[] = [
  { name: 'outcomes', sharing: { kind: 'outcomes' } },
  {
    name: 'outcomes, by rate',
    sharing: { kind: 'outcomes' },
    rate: { threshold: 0.5, windowMs: 1_000, minimumCalls: 20 },
  },
  { name: 'trips, quorum 2', sharing: { kind: 'trips', options: { quorum: 2 } } },
];

interface Kind extends Pick<MemberPlan, 'sharing' | 'rate'> {
  readonly name: string;
}

/** How many of the calls fail; in this order, each after the other. */
const SITUATIONS = [
  ['all succeed', 0],
  ['1 % fail', 0.01],
  ['10 % fail', 0.1],
  ['all fail', 1],
  ['all succeed again', 0],
] as const;

/** What fleets of several sizes ask of their server, whatever befalls them. */
export async function measureFleets(server: Server, scale: Scale): Promise<FleetCost[]> {
  const costs: FleetCost[] = [];
  for (const kind of KINDS) {
    for (const processes of scale.fleets) costs.push(...(await measureFleet(server, scale, processes, kind)));
  }
  return costs;
}

async function measureFleet(server: Server, scale: Scale, processes: number, { name, ...plan }: Kind) {
  const member = {
    ...plan,
    address: server.address,
    namespace: server.namespace,
    circuit: `fleet-${processes}-${name}`,
    options: { resetTimeoutMs: RESET_TIMEOUT_MS },
  };
  const lookBytes = await bytesOfLook(server);
  return Fleet.use(processes, member, async (fleet) => {
    const costs: FleetCost[] = [];
    for (const [situation, failing] of SITUATIONS) {
      await fleet.ask('flow', CALLS_PER_SECOND, failing);
      costs.push({ sharing: name, processes, situation, ...(await costOf(server, scale.situationMs, lookBytes)) });
    }
    return costs;
  });
}

async function costOf(server: Server, ms: number, lookBytes: number) {
  const [before, cpuMsBefore] = [await countCommands(server), await countCpuMs(server)];
  const [bytesBefore, startedAt] = [await countBytes(server), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, ms));
  const seconds = (performance.now() - startedAt) / 1_000;
  const bytes = (await countBytes(server)) - bytesBefore - lookBytes;
  const cpuMs = (await countCpuMs(server)) - cpuMsBefore;
  const { get = 0, watch = 0, exec = 0, set = 0 } = countsBetween(before, await countCommands(server));
  return {
    // Both begin with a GET, as there is one circuit.
    readsPerSecond: (get - watch) / seconds,
    changesPerSecond: watch / seconds,
    execsPerSecond: exec / seconds,
    lostExecsPerSecond: (exec - set) / seconds,
    bytesPerSecond: bytes / seconds,
    cpuMsPerSecond: cpuMs / seconds,
  };
}

/** What it takes to ask how many there were. */
async function bytesOfLook(server: Server): Promise<number> {
  const before = await countBytes(server);
  return (await countBytes(server)) - before;
}
