import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { Redis } from 'ioredis';
import * as ioredis5 from 'ioredis-5';
import { expect, it } from 'vitest';
import { Follower } from './follower.js';
import { increment } from './records.js';
import { setUp } from './setting.js';
import { startTlsFront, TRUST } from './tls/front.js';

describeOnRedis('The client that is given', () => {
  const setting = setUp();

  it('is never used, watched, subscribed or closed', async () => {
    const network = await setting.network();
    const client = await setting.client({ port: network.port }, { lazyConnect: true });
    const direct = await setting.client();
    await until('the client is ready', () => direct.status === 'ready');
    const used: string[] = [];
    direct.sendCommand = ((command: { name: string }) => void used.push(command.name)) as Redis['sendCommand'];
    for (const given of [client, direct]) {
      const storage = setting.storage(given);
      let heard = 0;
      storage.subscribe('one', () => heard++);
      await until('it is told to read', () => heard > 0);
      await storage.update('one', increment);
      await storage.close();
    }
    expect(client.status).toBe('wait');
    expect(direct.status).toBe('ready');
    expect(used).toEqual([]);
  });

  it('may be waited for as long as one likes', async () => {
    const warnings: Error[] = [];
    const warn = (warning: Error) => warnings.push(warning);
    process.on('warning', warn);
    const storage = setting.storage(await setting.client(), { timeoutMs: 1e12, idleTtlMs: 1e12 });
    await new Follower(storage, 'one').untilToldToRead();
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    process.off('warning', warn);
    expect(warnings).toEqual([]);
  });

  it('is followed by two connections, and no more, until the storage is closed', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    let heard = 0;
    storage.subscribe('one', () => heard++);
    await Promise.all(Array.from({ length: 20 }, (_, index) => storage.update(`name-${index}`, increment)));
    await until('it is told to read', () => heard > 0);
    expect(network.connections).toBe(2);
    expect(network.requests.join('')).not.toMatch(/\r\ninfo\r\n/i); // a round trip that can be saved
    await storage.close();
    await storage.close();
    await until('all connections are closed', () => network.connections === 0);
    for (const operation of [storage.read('one'), storage.update('one', increment)]) {
      await expect(operation).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
    }
    storage.subscribe('one', () => heard++)();
  });

  it('loses nothing that is under way when the storage is closed', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    let closing: Promise<void> | undefined;
    network.onRequest = (request) => {
      if (request.includes('exec')) closing = storage.close();
      return undefined;
    };
    await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    await closing;
    await until('all connections are closed', () => network.connections === 0);
  });

  it('is followed by nothing any more where the storage is closed while it connects', async () => {
    const network = await setting.network();
    let asked = 0;
    let letThrough = () => {};
    const closed = new Promise<undefined>((resolve) => {
      letThrough = () => resolve(undefined);
    });
    network.onRequest = () => {
      asked++;
      return closed;
    };
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    const follower = new Follower(storage, 'one');
    await until('it asks for something', () => asked > 0);
    await storage.close();
    letThrough();
    await until('all connections are closed', () => network.connections === 0);
    expect(follower.toldToRead).toBe(0);
  });

  it('brings its database and its key prefix, and pushes stay apart by them', async () => {
    const server = await setting.server();
    const places = [{}, { db: 3 }, { keyPrefix: 'stage:' }, { db: 3, keyPrefix: 'stage:' }];
    const pushed: unknown[][] = [];
    for (const [index, place] of places.entries()) {
      const storage = setting.storage(await setting.client(undefined, place));
      const follower = new Follower(storage, 'one');
      pushed.push(follower.records);
      await follower.untilToldToRead();
      await storage.update('one', () => ({ place: index }));
    }
    await until('all are told', () => pushed.every((records) => records.length > 0));
    expect(pushed).toEqual(places.map((_, index) => [{ place: index }]));
    for (const [database, keys] of [
      [0, ['breaker:{tests}:one', 'stage:breaker:{tests}:one']],
      [3, ['breaker:{tests}:one', 'stage:breaker:{tests}:one']],
    ] as const) {
      await server.command('SELECT', database);
      expect(((await server.command('KEYS', '*')) as string[]).sort()).toEqual(keys);
    }
    await server.command('SELECT', 0);
  });

  it('keeps namespaces apart', async () => {
    const client = await setting.client();
    const [one, other] = ['a', 'b'].map((namespace) => setting.storage(client, { namespace }));
    await one?.update('one', increment);
    expect((await other?.read('one'))?.record).toBeUndefined();
  });

  it('may speak TLS, or through a socket of its machine, or have been closed already', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'breaker-socket-'));
    const path = join(folder, 'socket');
    const local = await startServer({ unixsocket: path });
    const front = await startTlsFront(local.port);
    const closed = await setting.client(local);
    await closed.quit();
    try {
      const secure = await setting.client(front, { host: 'localhost', tls: TRUST, lazyConnect: true });
      const clients = [closed, secure, await setting.client(local, { path, lazyConnect: true })];
      for (const [index, client] of clients.entries()) {
        const storage = setting.storage(client);
        const follower = new Follower(storage, 'one');
        await follower.untilToldToRead();
        await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: index + 1 } });
        await follower.untilTold(1);
        await storage.close();
      }
    } finally {
      await front.stop();
      await local.stop();
      await rm(folder, { recursive: true });
    }
  });

  it('may be of another copy of ioredis, of another version, and of a class of its own', async () => {
    class OwnRedis extends Redis {}
    const { port } = await setting.server();
    const options = { port, host: '127.0.0.1', lazyConnect: true };
    for (const [index, client] of [new ioredis5.Redis(options) as never, new OwnRedis(options)].entries()) {
      const storage = setting.storage(client);
      await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: index + 1 } });
    }
  });
});
