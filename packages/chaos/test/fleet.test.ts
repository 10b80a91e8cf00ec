import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterEach, expect, it } from 'vitest';
import { checkHistory, Fleet, startServers } from '../src/index.js';
import { gather } from '../src/run/gather.js';

describeOnRedis('A fleet of processes', () => {
  const endings: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function fleetOfTwo(): Promise<Fleet> {
    const servers = await startServers('single');
    endings.push(() => servers.stop());
    const fleet = await Fleet.start({ servers, processes: 2 });
    endings.push(
      () => fleet.forget(),
      () => fleet.stop(),
    );
    return fleet;
  }

  it('opens, closes and ends, and writes all of it down', async () => {
    const fleet = await fleetOfTwo();
    // #region story
    fleet.meet('down');
    await fleet.until('the fleet is open', ({ state, scope }) => state !== 'closed' && scope === 'fleet');
    expect(await fleet.stored()).toMatchObject({ epoch: expect.any(Number) });
    fleet.meet('up');
    await fleet.until('the fleet is closed', ({ state }) => state === 'closed');
    await fleet.end();
    const history = fleet.history();
    const types = new Set(history.map(({ type }) => type));
    expect([...types]).toEqual(expect.arrayContaining(['observed', 'ran', 'told', 'trial-began', 'disposed', 'ended']));
    expect(checkHistory(history)).toEqual([]);
    // #endregion
  });

  it('goes on when a process is killed, and another one begins', async () => {
    const fleet = await fleetOfTwo();
    const [first, second] = fleet.members;
    if (first === undefined || second === undefined) throw new Error('There are not two');
    await fleet.kill(first);
    const third = await fleet.add();
    expect(fleet.members).toEqual([second, third]);
    expect(await second.rule('isolate')).toBeUndefined();
    await fleet.until('all are isolated', ({ state }) => state === 'isolated');
    fleet.freeze(second);
    expect(await third.rule('close')).toBeUndefined();
    expect(await third.look()).toMatchObject({ member: 'p3', state: 'closed' });
    expect(second.state).toBe('isolated');
    fleet.thaw(second);
    await fleet.until('all are closed', ({ state }) => state === 'closed');
    await expect(first.look()).rejects.toThrow('p1 is over');
  });

  it('gives each process a network of its own', async () => {
    const fleet = await fleetOfTwo();
    const [first, second] = fleet.members;
    first?.network.fallSilent();
    await first?.rule('open');
    await expect.poll(() => first?.isDegraded, { timeout: 10_000 }).toBe(true);
    expect(second?.isDegraded).toBe(false);
    first?.network.heal();
    await expect.poll(() => first?.isDegraded, { timeout: 15_000 }).toBe(false);
  });

  it('gathers and closes, also where a ruling that was lifted comes back with the memory of a server', async () => {
    const fleet = await fleetOfTwo();
    const [first] = fleet.members;
    const server = await fleet.master();
    expect(await first?.rule('disable')).toBeUndefined();
    await fleet.until('all are disabled', ({ state }) => state === 'disabled');
    const before = String(await server.command('GET', fleet.key));
    expect(await first?.rule('close')).toBeUndefined();
    await fleet.until('all are closed', ({ state }) => state === 'closed');

    // As a fail-over does that loses the last writes: nobody is told, and each process finds out when it asks again.
    const loss = fleet.fault('older-record', fleet.key, true);
    await server.command('SET', fleet.key, before);
    fleet.faultEnded(loss);
    expect(await gather(fleet)).toEqual(expect.any(Number));
    expect(await fleet.stored()).toMatchObject({ state: 'closed' });
    await fleet.end();
    expect(checkHistory(fleet.history())).toEqual([]);
  });
});
