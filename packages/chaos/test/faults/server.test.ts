import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

describeOnRedis('Processes whose server fails', () => {
  const shared = shareFleet({ processes: 4 });

  /** They trip together, and close together: whatever there was is over. */
  async function openAndClose(): Promise<void> {
    shared.meet('down');
    await shared.untilOpenForAll();
    shared.meet('up');
    await shared.untilAll('closed');
    await shared.untilAllHaveTheStorage();
  }

  it('go on alone while it is frozen (SIGSTOP), each open for itself, and together when it wakes', async () => {
    const server = await shared.server();
    const before = shared.degradations;
    shared.meet('down');
    await shared.during(
      'SIGSTOP',
      false,
      () => server.freeze(),
      async () => {
        await shared.untilAllHaveLostTheStorage(before);
        await shared.until('all are open', ({ state }) => state !== 'closed');
        shared.meet('up');
        await shared.untilAll('closed');
      },
      () => server.thaw(),
    );
    await openAndClose();
  });

  it('go on alone while it is gone (SIGKILL), and keep for all what was ruled when it comes back empty', async () => {
    const server = await shared.server();
    const before = shared.degradations;
    await shared.members[0]?.rule('isolate');
    await shared.untilAll('isolated');
    await shared.during(
      'SIGKILL',
      true,
      () => server.kill(),
      async () => {
        await shared.untilAllHaveLostTheStorage(before);
        await shared.fleet.add(); // it begins all the same, and knows of nothing yet
        expect(shared.members.map(({ state }) => state)).toEqual([...Array(4).fill('isolated'), 'closed']);
      },
      () => server.restart(),
    );
    await shared.untilAllHaveTheStorage();
    await shared.untilAll('isolated');
    expect(await shared.stored()).toMatchObject({ state: 'isolated' });
    await shared.members[1]?.rule('close');
    await shared.untilAll('closed');
    await openAndClose();
  });

  it.each([
    ['after FLUSHALL', flush],
    ['after the record was evicted', evict],
  ])('teach it what they know %s, and nobody notices', async (_, lose) => {
    const before = shared.degradations;
    await shared.members[0]?.rule('isolate');
    await shared.untilAll('isolated');
    const { epoch } = await shared.stored();
    await shared.during('memory lost', true, lose, untilTaught(epoch), () => undefined);
    expect(shared.members.filter(({ state }) => state !== 'isolated')).toEqual([]);
    expect(shared.degradations).toEqual(before);
    await shared.members[1]?.rule('close');
    await shared.untilAll('closed');
  });

  it('go on alone where it becomes read-only, and together when it is a master again', async () => {
    const server = await shared.server();
    const before = shared.degradations;
    await shared.during(
      'READONLY',
      false,
      () => server.command('REPLICAOF', '127.0.0.1', '1'),
      async () => {
        shared.meet('down');
        await shared.untilAllHaveLostTheStorage(before);
        await shared.until('all are open', ({ state }) => state !== 'closed');
      },
      () => server.command('REPLICAOF', 'NO', 'ONE'),
    );
    await openAndClose();
  });

  it.each([
    ['corrupt', 'garbage'],
    ['of a newer schema', '{"schema":1000}'],
  ])(
    'go on alone where the record is %s, do not overwrite it, and are together again when it is gone',
    async (_, text) => {
      const server = await shared.server();
      const before = shared.degradations;
      const { key } = shared.fleet;
      await shared.during(
        'record replaced',
        true,
        () => server.command('SET', key, text),
        async () => {
          shared.meet('down');
          await shared.untilAllHaveLostTheStorage(before);
          await shared.until('all are open', ({ state }) => state !== 'closed');
          expect(String(await server.command('GET', key))).toBe(text);
        },
        () => server.command('DEL', key),
      );
      await openAndClose();
    },
  );

  itHasKeptItsPromises(shared);

  async function flush(): Promise<void> {
    await (await shared.server()).command('FLUSHALL');
  }

  async function evict(): Promise<void> {
    const server = await shared.server();
    const evicted = async () => Number(/evicted_keys:(\d+)/.exec(String(await server.command('INFO', 'stats')))?.[1]);
    const before = await evicted();
    await server.command('CONFIG', 'SET', 'maxmemory-policy', 'allkeys-lru');
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    await until('the record is evicted', async () => (await evicted()) > before);
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
  }

  function untilTaught(epoch: number): () => Promise<void> {
    return async () => {
      await until('the server has been taught', async () => {
        const stored = await shared.stored();
        return stored.state === 'isolated' && stored.epoch === epoch;
      });
    };
  }
});
