import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { type Member, SHORT_TIMES } from '../../src/index.js';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

/** One way: an update takes two round trips, and 400 ms at most. */
const NOTICEABLE_MS = 15;
const TOO_LONG_MS = 300;

describeOnRedis('Processes whose network fails', () => {
  const shared = shareFleet({ processes: 4, breaker: { ...SHORT_TIMES, syncIntervalMs: 1_000 } });

  it('commit nothing unguarded where connections are killed between WATCH and EXEC, and go on alone meanwhile', async () => {
    const server = await shared.server();
    const kill = () => server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const { revision } = await openAndClose();
    const before = shared.degradations;
    await shared.during(
      'CLIENT KILL',
      false,
      () => shared.onEachNetwork((network) => network.beforeCommits(kill)),
      async () => {
        shared.meet('down');
        await shared.untilAllHaveLostTheStorage(before);
        await shared.until('all are open', ({ state }) => state !== 'closed');
        expect(await shared.stored()).toMatchObject({ revision });
      },
      () => shared.onEachNetwork((network) => network.heal()),
    );
    await openAndClose();
  });

  it('are together again where the replies to commits are lost that were made', async () => {
    const { revision } = await openAndClose();
    const before = shared.degradations;
    await shared.during(
      'replies to EXEC lost',
      false,
      () => shared.onEachNetwork((network) => network.loseRepliesOfCommits(1, onlyOnce())),
      async () => {
        shared.meet('down');
        await until('somebody is in doubt', () =>
          shared.degradations.some((times, index) => times > (before[index] ?? 0)),
        );
        expect((await shared.stored()).revision).toBeGreaterThan(revision);
      },
      () => shared.onEachNetwork((network) => network.heal()),
    );
    await openAndClose();
  });

  it('go on without the one whose connections are half-open, and it catches up with them', async () => {
    const [lonely, ...others] = shared.members as [Member, ...Member[]];
    const before = lonely.degradations;
    await shared.during(
      'half-open',
      false,
      () => lonely.network.fallSilent(),
      async () => {
        shared.meet('down', others);
        await shared.untilOpenForAll(others);
        expect(lonely.state).toBe('closed');
        shared.meet('down', [lonely]);
        await shared.until('it has noticed', ({ degradations }) => degradations > before, [lonely]);
        await shared.until('it is open', ({ state }) => state !== 'closed', [lonely]);
        await others[0]?.rule('isolate');
        await shared.untilAll('isolated', others);
        expect(lonely.state).not.toBe('isolated');
      },
      () => lonely.network.heal(),
    );
    await shared.untilAll('isolated');
    await lonely.rule('close');
    await openAndClose();
  });

  it('follow by asking now and then where pushes are lost', async () => {
    const before = shared.degradations;
    await shared.during(
      'pushes lost',
      false,
      () => shared.onEachNetwork((network) => network.losePushes()),
      async () => {
        await shared.members[0]?.rule('isolate');
        await shared.untilAll('isolated');
        await shared.members[1]?.rule('close');
        await shared.untilAll('closed');
      },
      () => shared.onEachNetwork((network) => network.heal()),
    );
    expect(shared.degradations).toEqual(before);
  });

  it('open and close together, and none goes on alone, where every message takes its time', async () => {
    const before = shared.degradations;
    await shared.during(
      'latency',
      false,
      () => shared.onEachNetwork((network) => network.slowDown(NOTICEABLE_MS)),
      openAndClose,
      () => shared.onEachNetwork((network) => network.slowDown(0)),
    );
    expect(shared.degradations).toEqual(before);
  });

  it('go on alone where messages take longer than they have time, and together when they are fast again', async () => {
    const before = shared.degradations;
    await shared.during(
      'too much latency',
      false,
      () => shared.onEachNetwork((network) => network.slowDown(TOO_LONG_MS)),
      async () => {
        shared.meet('down');
        await shared.untilAllHaveLostTheStorage(before);
        await shared.until('all are open', ({ state }) => state !== 'closed');
      },
      () => shared.onEachNetwork((network) => network.heal()),
    );
    await openAndClose();
  });

  itHasKeptItsPromises(shared);

  /** They trip together, and close together: whatever there was is over. */
  async function openAndClose(): Promise<{ revision: number }> {
    await shared.untilAllHaveTheStorage();
    shared.meet('down');
    await shared.untilOpenForAll();
    shared.meet('up');
    await shared.untilAll('closed');
    return await shared.stored();
  }
});

/** A chance that is sure to come, and then no more. */
function onlyOnce(): () => number {
  let times = 0;
  return () => times++;
}
