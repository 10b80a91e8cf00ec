import { Fleet } from '../fleet/fleet.js';
import type { SharingPlan } from '../fleet/member-plan.js';
import { countsBetween } from '../numbers/command-counts.js';
import { countBytes, countCommands, type Server } from '../server/server.js';
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
  readonly lostExecs: number;
  /** Either way, pushes included. */
  readonly bytesPerSecond: number;
}

export const CALLS_PER_SECOND = 50;
/** Short, that there are some trials while everything is down. */
export const RESET_TIMEOUT_MS = 1_000;

const SHARING: readonly (readonly [string, SharingPlan])[] = [
  ['outcomes', { kind: 'outcomes' }],
  ['trips, quorum 2', { kind: 'trips', options: { quorum: 2 } }],
];

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
  for (const [sharing, plan] of SHARING) {
    for (const processes of scale.fleets) costs.push(...(await measureFleet(server, scale, processes, sharing, plan)));
  }
  return costs;
}

async function measureFleet(server: Server, scale: Scale, processes: number, sharing: string, plan: SharingPlan) {
  const member = {
    address: server.address,
    namespace: server.namespace,
    circuit: `fleet-${processes}-${plan.kind}`,
    sharing: plan,
    options: { resetTimeoutMs: RESET_TIMEOUT_MS },
  };
  return Fleet.use(processes, member, async (fleet) => {
    const costs: FleetCost[] = [];
    for (const [situation, failing] of SITUATIONS) {
      const cost = await costOf(server, fleet, failing, scale.situationMs);
      costs.push({ sharing, processes, situation, ...cost });
    }
    return costs;
  });
}

async function costOf(server: Server, fleet: Fleet, failing: number, ms: number) {
  await fleet.ask('flow', CALLS_PER_SECOND, failing);
  const [before, bytesBefore, startedAt] = [await countCommands(server), await countBytes(server), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, ms));
  const seconds = (performance.now() - startedAt) / 1_000;
  const bytes = (await countBytes(server)) - bytesBefore;
  const { get = 0, watch = 0, exec = 0, set = 0 } = countsBetween(before, await countCommands(server));
  return {
    // Both begin with a GET, as there is one circuit.
    readsPerSecond: (get - watch) / seconds,
    changesPerSecond: watch / seconds,
    execsPerSecond: exec / seconds,
    lostExecs: exec - set,
    bytesPerSecond: bytes / seconds,
  };
}
