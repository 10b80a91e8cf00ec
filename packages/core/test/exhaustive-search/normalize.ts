import type { Circuit } from '../../src/circuit/circuit.js';
import type { Lease } from '../../src/circuit/lease.js';
import { deepFreeze } from '../deep-freeze.js';
import type { Bounds } from './bounds.js';
import { type Call, NOW, TICK, type World } from './world.js';

const MOST_TRIPS = 3;
/** How long ago makes no difference any more. */
const LONG_AGO = NOW - TICK;

/**
 * Brings a world, `ms` later, into the one form that all worlds share that behave alike, so that there are only so many:
 * epochs and instants count only by their differences, leases by whose they are.
 */
export function normalize(world: World, bounds: Bounds, ms = 0): World {
  const { model } = bounds;
  const names = nameLeases(world);
  const circuit = deepFreeze(normalizeCircuit(world.circuit, bounds, names, ms));
  const calls = world.calls.map((call) => normalizeCall(call, world.circuit.epoch, names)).sort(byKey);
  const history = world.history.map(({ failed, ageMs }) => ({ failed, ageMs: ageMs + ms }));
  return {
    circuit,
    calls: calls.map(nameLost),
    setting: world.setting,
    wins: circuit.state === 'half-open' ? world.wins : 0,
    history: circuit.state === 'closed' ? model.relevant(history) : [],
  };
}

export function keyOf({ circuit, calls, setting, wins, history }: World): string {
  return `${JSON.stringify(circuit)} ${calls.map(keyOfCall).join()} ${setting} ${wins} ${JSON.stringify(history)}`;
}

function normalizeCircuit(
  circuit: Circuit,
  { model }: Bounds,
  names: ReadonlyMap<string, string>,
  ms: number,
): Circuit {
  const common = { epoch: 1, trips: Math.min(circuit.trips, MOST_TRIPS) };
  const older = (instant: number) => Math.max(instant - ms, LONG_AGO);
  const renamed = ({ id, expiresAt }: Lease) => ({ id: names.get(id) ?? id, expiresAt: older(expiresAt) });
  // Where a mutant keeps leases beyond their round, they are kept here too.
  const leases = 'leases' in circuit ? { leases: circuit.leases.map(renamed) } : {};
  switch (circuit.state) {
    case 'closed':
      return { ...circuit, ...common, trips: circuit.trips, memory: model.aged(circuit.memory, ms) };
    case 'open':
      return { ...circuit, ...common, ...leases, openUntilAt: older(circuit.openUntilAt) };
    default:
      return { ...circuit, ...common, ...leases };
  }
}

function nameLeases({ circuit }: World): ReadonlyMap<string, string> {
  const leases = 'leases' in circuit ? circuit.leases : [];
  return new Map(leases.map(({ id }, index) => [id, `lease-${index}`]));
}

const LOST = 'lost';

function normalizeCall(call: Call, epoch: number, names: ReadonlyMap<string, string>): Call {
  return {
    epoch: Math.max(call.epoch - epoch + 1, 0),
    leaseId: call.leaseId && (names.get(call.leaseId) ?? LOST),
    isOfThisEra: call.isOfThisEra,
  };
}

/** No two calls have the same lease, not even one that is lost. */
function nameLost(call: Call, index: number): Call {
  return call.leaseId === LOST ? { ...call, leaseId: `${LOST}-${index}` } : call;
}

function byKey(a: Call, b: Call): number {
  return keyOfCall(a) < keyOfCall(b) ? -1 : 1;
}

/** The same for calls that are as good as one another. */
export function keyOfCall({ epoch, leaseId, isOfThisEra }: Call): string {
  return `${epoch}${leaseId?.startsWith(LOST) ? LOST : leaseId}${isOfThisEra}`;
}
