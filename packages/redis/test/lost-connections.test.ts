import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { increment, recordOf } from './records.js';
import { setUp } from './setting.js';

const KEY = 'breaker:{tests}:one';

describeOnRedis('Connections that are lost', () => {
  const setting = setUp();

  /** A storage with time-outs that are short, so that tests are. */
  async function far(timeoutMs = 200) {
    const network = await setting.network();
    const client = await setting.client(network, { lazyConnect: true });
    return { network, server: await setting.server(), storage: setting.storage(client, { timeoutMs }) };
  }

  it('commits nothing unguarded where the connection is killed between WATCH and EXEC', async () => {
    const { network, server, storage } = await far();
    network.onRequest = async (request) => {
      if (!request.includes('exec')) return;
      // The watch ends with its connection, and another one writes. ioredis would connect again, and send EXEC there.
      await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await server.command('SET', KEY, JSON.stringify({ count: 41 }));
    };
    const outcome = storage.update('one', increment);
    await expect(outcome).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: true });
    expect(network.requests.filter((request) => request.includes('exec'))).toHaveLength(1);
    expect((await storage.read('one')).record).toEqual({ count: 41 });
  });

  it('begins anew where the connection is killed before the reply to WATCH', async () => {
    const { network, server, storage } = await far();
    let kills = 1;
    network.onReply = async () => {
      if (!network.requests.at(-1)?.includes('watch') || kills-- < 1) return undefined;
      await server.command('SET', KEY, JSON.stringify({ count: 41 }));
      return 'cut';
    };
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 42 } });
  });

  it('tells that it may have been applied where the connection is lost with EXEC on its way', async () => {
    const { network, storage } = await far();
    network.onRequest = (request) => (request.includes('exec') ? 'cut' : undefined);
    const outcome = storage.update('one', increment);
    await expect(outcome).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: true });
    expect(network.requests.filter((request) => request.includes('exec'))).toHaveLength(1);
    network.onRequest = () => undefined;
    expect((await storage.read('one')).record).toBeUndefined();
  });

  it.each(['lose', 'cut'] as const)(
    'tells that it may have been applied where the reply of EXEC is lost (%s)',
    async (fate) => {
      const { network, storage } = await far();
      network.onReply = () => (network.requests.at(-1)?.includes('exec') ? fate : undefined);
      const reason = fate === 'lose' ? 'timeout' : 'unavailable';
      await expect(storage.update('one', increment)).rejects.toMatchObject({ reason, mayHaveBeenApplied: true });
      network.onReply = () => undefined;
      expect((await storage.read('one')).record).toEqual({ count: 1 });
      await storage.update('one', increment);
      expect((await storage.read('one')).record).toEqual({ count: 2 });
    },
  );

  it('goes on over a new connection where an idle one was killed', async () => {
    const { server, storage } = await far();
    await storage.update('one', increment);
    await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 2 } });
  });

  it('tries twice more where connections are lost before anything is written, and then no more', async () => {
    const { network, storage } = await far();
    for (const [losses, status] of [
      [2, 'fulfilled'],
      [3, 'rejected'],
    ] as const) {
      let left: number = losses;
      network.onRequest = (request) => (request.includes('watch') && left-- > 0 ? 'cut' : undefined);
      const [outcome] = await Promise.allSettled([storage.update('one', increment)]);
      expect(outcome).toMatchObject({ status });
      if (status === 'rejected') {
        expect(outcome).toMatchObject({ reason: { reason: 'unavailable', mayHaveBeenApplied: false } });
      }
    }
  });

  it('finds out in time that a link is half-open, and goes on when it is mended', async () => {
    const { network, storage } = await far();
    await storage.update('one', increment);
    network.fallSilent();
    const startedAt = performance.now();
    const outcomes = await Promise.allSettled([storage.update('one', increment), storage.read('one')]);
    expect(performance.now() - startedAt).toBeLessThan(400);
    expect(outcomes).toMatchObject([
      { reason: { reason: 'timeout', mayHaveBeenApplied: false } },
      { reason: { reason: 'timeout', mayHaveBeenApplied: false } },
    ]);
    network.cut();
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 2 } });
  });

  it('rejects all in time while the server is frozen, and goes on when it wakes', async () => {
    const { server, storage } = await far();
    await storage.update('one', increment);
    server.freeze();
    try {
      const startedAt = performance.now();
      const first = [storage.update('one', increment), storage.read('one')];
      await Promise.allSettled(first);
      const outcomes = await Promise.allSettled([...first, storage.update('two', increment), storage.read('two')]);
      expect(performance.now() - startedAt).toBeLessThan(800);
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { reason: 'timeout' } });
    } finally {
      server.thaw();
    }
    await until('it answers again', async () => (await storage.read('one')).now > 0);
    await expect(storage.update('one', (_, now) => recordOf({ now }))).resolves.toBeDefined();
  });

  it('takes no pause of its own process for a dead server', async () => {
    const storage = setting.storage(await setting.client(), { timeoutMs: 100 });
    await storage.read('one');
    const read = storage.read('one');
    setImmediate(() => {
      const endsAt = performance.now() + 200;
      while (performance.now() < endsAt) JSON.stringify({});
    });
    await expect(read).resolves.toMatchObject({ record: undefined });
  });

  it('rejects at once while there is no server, throws nothing at construction, and goes on with an empty one', async () => {
    const { server, storage } = await far();
    await storage.update('one', increment);
    await server.kill();
    for (const operation of [storage.update('one', increment), storage.read('one')]) {
      await expect(operation).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
    }
    const late = setting.storage(await setting.client());
    await expect(late.read('one')).rejects.toMatchObject({ reason: 'unavailable' });
    await server.restart();
    for (const each of [storage, late]) expect((await each.read('one')).record).toBeUndefined();
    await expect(late.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
  });

  it('finds nothing after FLUSHALL, or where the record was evicted', async () => {
    const { server, storage } = await far();
    for (const lose of [['FLUSHALL'], ['DEL', KEY]] as const) {
      await storage.update('one', () => recordOf({ count: 7 }));
      const [name, ...args] = lose;
      await server.command(name, ...args);
      expect((await storage.read('one')).record).toBeUndefined();
      await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    }
  });

  it('works on after SCRIPT FLUSH', async () => {
    const { server, storage } = await far();
    await storage.update('one', increment);
    await server.command('SCRIPT', 'FLUSH');
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 2 } });
  });
});
