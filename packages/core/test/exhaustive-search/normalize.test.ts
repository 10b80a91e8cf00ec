import { describe, expect, it } from 'vitest';
import type { Circuit } from '../../src/circuit/circuit.js';
import type { Lease } from '../../src/circuit/lease.js';
import { ALL_BOUNDS, type Bounds } from './bounds.js';
import { stepsFrom } from './model.js';
import { keyOf, normalize } from './normalize.js';
import { REAL_RULES, search } from './search.js';
import { NOW, type World } from './world.js';

const MORE_EPOCHS = 40;
const MORE_TRIPS = 4;

/** The same world at another time of its life: more epochs, more trips, other names, and what is over is over for long. */
function disguised({ circuit, calls, ...rest }: World): World {
  return {
    ...rest,
    circuit: disguisedCircuit(circuit),
    calls: calls
      .map((call) => ({
        ...call,
        epoch: call.epoch === circuit.epoch ? call.epoch + MORE_EPOCHS : call.epoch,
        leaseId: call.leaseId && `other-${call.leaseId}`,
      }))
      .reverse(),
  };
}

function disguisedCircuit(circuit: Circuit): Circuit {
  const longAgo = (instant: number) => (instant < NOW ? instant - 5_000 : instant);
  const other = ({ id, expiresAt }: Lease) => ({ id: `other-${id}`, expiresAt: longAgo(expiresAt) });
  const epoch = circuit.epoch + MORE_EPOCHS;
  const trips = circuit.trips < 3 ? circuit.trips : circuit.trips + MORE_TRIPS;
  switch (circuit.state) {
    case 'closed':
      return { ...circuit, epoch };
    case 'open':
      return { ...circuit, epoch, trips, openUntilAt: longAgo(circuit.openUntilAt) };
    case 'half-open':
      return { ...circuit, epoch, trips, leases: circuit.leases.map(other) };
    default:
      return { ...circuit, epoch, trips };
  }
}

function futuresOf(world: World, bounds: Bounds): ReadonlySet<string> {
  const steps = stepsFrom(world, bounds, REAL_RULES);
  return new Set(steps.map(({ happening, after }) => `${happening.type} ${keyOf(normalize(after, bounds))}`));
}

describe('normalize', { timeout: 30_000 }, () => {
  const [first, second] = ALL_BOUNDS as readonly [Bounds, Bounds];

  it.each([first, second].map((bounds) => [bounds.name, bounds] as const))(
    'makes one of worlds only where they have the same future, within %s',
    (_, bounds) => {
      for (const world of search(bounds).worlds) {
        const other = disguised(world);
        expect(keyOf(normalize(other, bounds))).toBe(keyOf(world));
        expect(futuresOf(other, bounds)).toEqual(futuresOf(world, bounds));
      }
    },
  );

  it('leaves a world as it is that it has normalized', () => {
    for (const world of search(first).worlds) expect(normalize(world, first)).toEqual(world);
  });
});
