import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { describe, expect, it } from 'vitest';
import { itHasKeptItsPromises, type SharedFleet, shareFleet } from './shared-fleet.js';

describeOnRedis('Processes under traffic', () => {
  describe.each(['sentinel', 'cluster'] as const)('whose master is killed, with %s', (kind) => {
    const shared = shareFleet({ processes: 3 }, kind);

    it('go on alone, and together with the one that takes its place', async () => {
      await openAndClose(shared);
      await shared.members[0]?.rule('isolate');
      await shared.untilAll('isolated');
      const master = await shared.server();
      const before = shared.degradations;
      await shared.during(
        'fail-over',
        true,
        () => master.kill(),
        async () => {
          await shared.untilAllHaveLostTheStorage(before);
          await until('another one is the master', async () => (await shared.server()) !== master, 20_000);
          await shared.untilAllHaveTheStorage();
        },
        () => undefined,
      );
      expect(shared.members.map(({ state }) => state)).toEqual(['isolated', 'isolated', 'isolated']);
      await shared.members[1]?.rule('close');
      await shared.untilAll('closed');
      await openAndClose(shared);
    });

    itHasKeptItsPromises(shared);
  });
});

async function openAndClose(shared: SharedFleet): Promise<void> {
  shared.meet('down');
  await shared.untilOpenForAll();
  shared.meet('up');
  await shared.untilAll('closed');
}
