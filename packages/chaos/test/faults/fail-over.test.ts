import { type ServerForTests, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { describe, expect, it } from 'vitest';
import { itHasKeptItsPromises, LONG_MS, type SharedFleet, shareFleet } from './shared-fleet.js';

describeOnRedis('Processes under traffic', () => {
  describe('whose master is killed, in a Cluster', () => {
    const shared = shareFleet({ processes: 3 }, 'cluster');

    it('go on alone, and together with the one that takes its place', async () => {
      await openAndClose(shared);
      const master = await shared.server();
      await failOver(shared, master, () => master.kill());
      await openAndClose(shared);
    });

    itHasKeptItsPromises(shared);
  });

  describe('whose master is killed, with Sentinel', () => {
    const shared = shareFleet({ processes: 3 }, 'sentinel');

    it('keep for all what was ruled, though it was written on no other server', async () => {
      await openAndClose(shared);
      const master = await shared.server();
      const replica = shared.servers.all.find((server) => server !== master) as ServerForTests;
      replica.freeze();
      await master.command('CLIENT', 'KILL', 'TYPE', 'replica');
      await shared.members[0]?.rule('isolate');
      await shared.untilAll('isolated');
      await failOver(shared, master, async () => {
        await master.kill();
        replica.thaw();
        const kept = JSON.parse(String(await replica.command('GET', shared.fleet.key)));
        expect(kept).toMatchObject({ state: 'closed' });
      });
      expect(shared.members.map(({ state }) => state)).toEqual(['isolated', 'isolated', 'isolated']);
      await until('the new master has been taught', async () => (await shared.stored()).state === 'isolated');
      await shared.members[1]?.rule('close');
      await shared.untilAll('closed');
      await openAndClose(shared);
    });

    itHasKeptItsPromises(shared);
  });
});

async function failOver(shared: SharedFleet, master: ServerForTests, kill: () => Promise<unknown>): Promise<void> {
  const before = shared.degradations;
  shared.meet('down');
  await shared.during(
    'fail-over',
    true,
    kill,
    async () => {
      await shared.untilAllHaveLostTheStorage(before);
      await until('another one is the master', async () => (await shared.server()) !== master, LONG_MS);
      await shared.untilAllHaveTheStorage();
    },
    () => undefined,
  );
}

async function openAndClose(shared: SharedFleet): Promise<void> {
  shared.meet('down');
  await shared.untilOpenForAll();
  shared.meet('up');
  await shared.untilAll('closed');
}
