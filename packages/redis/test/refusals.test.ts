import { inspect } from 'node:util';
import { Network, startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { Follower } from './follower.js';
import { increment } from './records.js';
import { setUp } from './setting.js';
import { sharedByAll } from './shared-by-all.js';

const REFUSED = { name: 'RedisStorageError', reason: 'unavailable', mayHaveBeenApplied: false };

function refusedFor(code: string) {
  return { ...REFUSED, cause: expect.objectContaining({ message: expect.stringMatching(`^${code}`) }) };
}

describeOnRedis('Servers that refuse', () => {
  const setting = setUp();
  const guarded = sharedByAll(() => startServer({ requirepass: 'secret' }));
  const clustered = sharedByAll(() => startServer({ 'cluster-enabled': 'yes' }));

  it('is READONLY: rejects updates, goes on reading, and goes on writing when it is a master again', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await storage.update('one', increment);
    await server.command('CONFIG', 'SET', 'replica-serve-stale-data', 'yes');
    await server.command('REPLICAOF', '127.0.0.1', '1');
    try {
      await expect(storage.update('one', increment)).rejects.toMatchObject(refusedFor('READONLY'));
      expect((await storage.read('one')).record).toEqual({ count: 1 });
      await expect(storage.update('one', () => undefined)).resolves.toMatchObject({ record: { count: 1 } });
    } finally {
      await server.command('REPLICAOF', 'NO', 'ONE');
    }
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 2 } });
  });

  it.each([
    ['NOAUTH', {}],
    ['WRONGPASS', { password: 'guess' }],
    ['ERR DB index', { password: 'secret', db: 99 }],
  ] as const)('is %s: asks once, and no more', async (code, options) => {
    const network = await Network.start((await guarded()).port);
    let connections = 0;
    network.server.on('connection', () => connections++);
    const storage = setting.storage(await setting.client(network, { ...options, lazyConnect: true }));
    for (const operation of [() => storage.update('one', increment), () => storage.read('one')]) {
      connections = 0;
      await expect(operation()).rejects.toMatchObject({
        ...refusedFor(code),
        message: expect.stringContaining('refused'),
      });
      expect(connections).toBe(1);
    }
    await until('nothing is left open', () => network.connections === 0);
    await network.stop();
  });

  it.each([2, 3] as const)('keeps passwords out of its errors, by RESP%i', async (protocol) => {
    const network = await Network.start((await guarded()).port);
    for (const fate of [undefined, 'cut'] as const) {
      network.onRequest = (request) => (request.includes('guess') ? fate : undefined);
      const client = await setting.client(network, { password: 'guess', protocol, lazyConnect: true });
      const [outcome] = await Promise.allSettled([setting.storage(client).update('one', increment)]);
      expect(outcome).toMatchObject({ reason: REFUSED });
      expect(inspect(outcome, { depth: null })).not.toContain('guess');
    }
    await network.stop();
  });

  it('is NOPERM, of the clock', async () => {
    const server = await guarded();
    await server.command('ACL', 'SETUSER', 'clock', 'on', '>pass', '~*', 'allchannels', '+@all', '-time');
    const client = await setting.client(server, { username: 'clock', password: 'pass', lazyConnect: true });
    const storage = setting.storage(client);
    for (const operation of [storage.update('one', increment), storage.read('one')]) {
      await expect(operation).rejects.toMatchObject(refusedFor('NOPERM'));
    }
  });

  it.each(['MOVED', 'ASK'])('says %s to a client of one server', async (word) => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    await storage.read('one');
    network.onReply = () => ({ text: `-${word} 1 127.0.0.1:1\r\n*2\r\n$1\r\n1\r\n$1\r\n0\r\n` });
    await expect(storage.read('one')).rejects.toMatchObject({
      ...REFUSED,
      message: expect.stringContaining('refused'),
    });
  });

  it('is not even asked where the client cannot be made anew', async () => {
    class OwnRedis extends Redis {
      override duplicate(): never {
        throw new TypeError('no duplicates');
      }
    }
    const storage = setting.storage(new OwnRedis({ lazyConnect: true }));
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    const cause = { message: 'no duplicates' };
    await expect(storage.update('one', increment)).rejects.toMatchObject({ ...REFUSED, cause });
  });

  it('is NOPERM, of the key or of the channel', async () => {
    const server = await guarded();
    for (const [user, rule] of [
      ['keys', '~other:*'],
      ['channels', '~*'],
    ] as const) {
      await server.command('ACL', 'SETUSER', user, 'on', '>pass', rule, 'resetchannels', '+@all');
      const client = await setting.client(server, { username: user, password: 'pass', lazyConnect: true });
      const [outcome] = await Promise.allSettled([setting.storage(client).update('one', increment)]);
      // Redis 6.2 looks at the channel when the record is written already.
      const isWritten = (await server.command('EXISTS', 'breaker:{tests}:one')) === 1;
      expect(outcome).toMatchObject({ reason: { ...refusedFor('NOPERM'), mayHaveBeenApplied: isWritten } });
    }
  });

  it('is OOM', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await storage.update('one', increment);
    await server.command('CONFIG', 'SET', 'maxmemory', '1');
    try {
      const outcomes = await Promise.allSettled(['one', 'two'].map((name) => storage.update(name, increment)));
      for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: refusedFor('OOM') });
      expect((await storage.read('one')).record).toEqual({ count: 1 });
    } finally {
      await server.command('CONFIG', 'SET', 'maxmemory', '0');
    }
  });

  it('is CLUSTERDOWN, or asks a client of one server to go elsewhere', async () => {
    const server = await clustered();
    const storage = setting.storage(await setting.client(server));
    await expect(storage.update('one', increment)).rejects.toMatchObject(refusedFor('CLUSTERDOWN'));
  });

  it('is LOADING', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    await storage.read('one');
    network.onReply = () => ({ text: '-LOADING Redis is loading the dataset in memory\r\n'.repeat(3) });
    await expect(storage.update('one', increment)).rejects.toMatchObject(refusedFor('LOADING'));
  });
});
