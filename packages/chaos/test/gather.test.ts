import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterEach, expect, it } from 'vitest';
import { checkHistory, Fleet, startServers } from '../src/index.js';
import { gather } from '../src/run/gather.js';

describeOnRedis('A fleet that gathers', () => {
  const endings: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  it('closes, also where a ruling that was lifted comes back with the memory of a server', async () => {
    const servers = await startServers('single');
    endings.push(() => servers.stop());
    const fleet = await Fleet.start({ servers, processes: 2 });
    endings.push(
      () => fleet.forget(),
      () => fleet.stop(),
    );
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
