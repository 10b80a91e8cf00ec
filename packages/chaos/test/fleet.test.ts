import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterEach, expect, it } from 'vitest';
import { checkHistory, Fleet, type Servers, type ServersKind, startServers } from '../src/index.js';

describeOnRedis('A fleet of processes', () => {
  const endings: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function fleetOn(kind: ServersKind): Promise<{ fleet: Fleet; servers: Servers }> {
    const servers = await startServers(kind);
    endings.push(() => servers.stop());
    const fleet = await Fleet.start({ servers, processes: 2 });
    endings.push(
      () => fleet.forget(),
      () => fleet.stop(),
    );
    return { fleet, servers };
  }

  it.each(['single', 'sentinel', 'cluster'] as const)('opens and closes, on %s', async (kind) => {
    const { fleet } = await fleetOn(kind);
    fleet.meet('down');
    await fleet.until('the fleet is open', ({ state, scope }) => state !== 'closed' && scope === 'fleet');
    expect(await fleet.stored()).toMatchObject({ epoch: expect.any(Number) });
    fleet.meet('up');
    await fleet.until('the fleet is closed', ({ state }) => state === 'closed');
    await fleet.end();
    const types = new Set(fleet.history().map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['observed', 'ran', 'told', 'trial-began', 'disposed', 'ended']));
    expect(checkHistory(fleet.history())).toEqual([]);
  });
});
