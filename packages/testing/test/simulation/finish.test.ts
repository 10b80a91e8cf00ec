import type { CircuitStorage } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { finish } from '../../src/simulation/finish.js';
import { World } from '../../src/simulation/world.js';
import { around } from './mutant.js';

async function brokenAtTheEnd(upset: (world: World) => unknown, wrap = (storage: CircuitStorage) => storage) {
  const broken: string[] = [];
  const world = new World({ seed: 1, processes: 2, options: {}, wrap });
  world.start([]);
  await world.clock.advanceAsync(100);
  await upset(world);
  await finish(world, (invariant, message) => broken.push(`${invariant}: ${message}`));
  return broken;
}

describe('the end of a run', () => {
  it('is well where nothing is wrong', async () => {
    expect(await brokenAtTheEnd(() => undefined)).toEqual([]);
  });

  it('lifts what was ruled by hand, and starts who has crashed', async () => {
    const broken = await brokenAtTheEnd(async (world) => {
      world.place(0).rule('isolate');
      await world.clock.advanceAsync(100);
      world.place(0).crash();
      world.place(0).breaker.executeSync(() => undefined, { fallback: () => undefined });
    });
    expect(broken).toEqual([]);
  });

  it('notices who cannot reach the storage', async () => {
    const dead = (storage: CircuitStorage) => around(storage, { read: () => new Promise(() => undefined) });
    expect(await brokenAtTheEnd(() => undefined, dead)).toContain('8: process 0 is still degraded');
  });

  it('notices who shows something else than is stored', async () => {
    const deaf = (storage: CircuitStorage) =>
      around(storage, { read: async () => ({ record: undefined, now: 0 }), subscribe: () => () => undefined });
    const broken = await brokenAtTheEnd((world) => world.place(0).rule('isolate'), deaf);
    expect(broken).toContain('8: process 1 shows closed 0 of the process, but stored is isolated 1');
  });

  it('notices who shows what is no longer stored', async () => {
    const record = { schema: 1, epoch: 1, era: 'one', revision: 1, state: 'isolated', trips: 0, changedAt: 0 };
    const lying = (storage: CircuitStorage) =>
      around(storage, { read: async () => ({ record, now: 0 }), update: async () => ({ record, now: 0 }) });
    expect(await brokenAtTheEnd(() => undefined, lying)).toContain(
      '8: process 0 shows isolated 1 of the fleet, but stored is nothing',
    );
  });

  it('notices what is never answered, and what is left', async () => {
    const broken = await brokenAtTheEnd((world) => {
      const process = world.place(0);
      process.call('plain', 1e7);
      process.clock.setTimeout(() => undefined, 1e9);
      process.waitingFor.add({ what: 'flush' });
    });
    expect(broken).toEqual([
      '12: a call was never answered',
      '10: process 0 is idle, and still has 1 timers',
      '12: process 0 left 1 timers',
      '12: process 0 never settled a flush()',
    ]);
  });
});
