import { CircuitBreakerRegistry } from '@breaker/core';
import { freePort, Network, type ServerForTests, startCluster, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { RecordingListener } from '@breaker/testing';
import * as ioredis from 'ioredis';
import { Cluster } from 'ioredis';
import * as ioredis5 from 'ioredis-5';
import { afterEach, expect, it, vi } from 'vitest';
import { RedisStorage } from '../src/index.js';
import { clusterClientOf } from './clients.js';
import { Follower } from './follower.js';
import { countOf, increment } from './records.js';
import { sharedByAll } from './shared-by-all.js';
import { startTlsFront, TRUST } from './tls/front.js';
import { userOfReadme } from './user-of-readme.js';

describeOnRedis('A Cluster', () => {
  const cluster = sharedByAll(() => startCluster());
  const endings: (() => unknown)[] = [];
  let namespaces = 0;

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  function storageOf(client: Cluster, namespace = `namespace-${namespaces++}`): RedisStorage {
    const storage = new RedisStorage(client, { namespace });
    endings.push(
      () => storage.close(),
      () => client.disconnect(),
    );
    return storage;
  }

  function clientOf(port: number, options: ConstructorParameters<typeof Cluster>[1] = {}): Cluster {
    const client = new Cluster([{ host: '127.0.0.1', port }], { lazyConnect: true, ...options });
    client.on('error', () => undefined);
    return client;
  }

  /** Another master than the one of a key, and that one. */
  async function mastersFor(key: string): Promise<{ home: ServerForTests; other: ServerForTests; slot: number }> {
    const { masterOf } = await cluster();
    const home = await masterOf(key);
    const masters = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((each) => masterOf(each)));
    const other = masters.find((each) => each !== home) as ServerForTests;
    return { home, other, slot: Number(await home.command('CLUSTER', 'KEYSLOT', key)) };
  }

  it('keeps a namespace in one slot, wherever it is asked first', async () => {
    const { servers, masterOf } = await cluster();
    for (const { port } of servers) {
      const storage = storageOf(clientOf(port), 'everywhere');
      const names = Array.from({ length: 20 }, (_, index) => `name-${index}`);
      await Promise.all(names.map((name) => storage.update(name, increment)));
    }
    const home = await masterOf('breaker:{everywhere}:');
    expect(String(await home.command('GET', 'breaker:{everywhere}:name-19'))).toBe('{"count":6}');
  });

  it('brings the key prefix of its client, in either place', async () => {
    const { servers, masterOf } = await cluster();
    const port = servers[0]?.port ?? 0;
    for (const options of [{ keyPrefix: 'p:' }, { redisOptions: { keyPrefix: 'p:' } }]) {
      await storageOf(clientOf(port, options), 'prefixed').update('one', increment);
    }
    const home = await masterOf('p:breaker:{prefixed}:one');
    expect(String(await home.command('GET', 'p:breaker:{prefixed}:one'))).toBe('{"count":2}');
  });

  it('is read at its masters, whatever scaleReads says', async () => {
    const { servers } = await cluster();
    const storage = storageOf(clientOf(servers[5]?.port ?? 0, { scaleReads: 'slave' }));
    for (let count = 1; count <= 20; count++) {
      await storage.update('one', increment);
      expect((await storage.read('one')).record).toEqual({ count });
    }
  });

  it('is found by other addresses than its own, and by names', async () => {
    const { servers } = await cluster();
    const natMap: Record<string, { host: string; port: number }> = {};
    for (const { port } of servers) {
      const network = await Network.start(port);
      endings.push(() => network.stop());
      natMap[`127.0.0.1:${port}`] = { host: '127.0.0.1', port: network.port };
    }
    const mapped = Object.values(natMap).map(({ port }) => port);
    for (const given of [natMap, (address: string) => natMap[address] ?? null]) {
      const storage = storageOf(clientOf(mapped[5] ?? 0, { natMap: given }));
      await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    }
    const looked: string[] = [];
    const port = servers[0]?.port ?? 0;
    const dnsLookup: ioredis.DNSLookupFunction = (name, callback) => {
      looked.push(name);
      callback(null, '127.0.0.1');
    };
    const byName = new Cluster([`redis://redis.test:${port}`], { lazyConnect: true, dnsLookup });
    const bySrv = new Cluster([{ host: 'srv.test' }], {
      lazyConnect: true,
      dnsLookup,
      useSRVRecords: true,
      resolveSrv: (_, callback) => callback(null, [{ name: 'node.test', port, priority: 1, weight: 1 }]),
    });
    for (const client of [byName, bySrv, new Cluster([port], { lazyConnect: true })]) {
      await expect(storageOf(client).update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    }
    expect(new Set(looked)).toEqual(new Set(['redis.test', 'node.test']));
  });

  it('is found past servers that are gone, and told of where all are', async () => {
    const { servers } = await cluster();
    const [gone, alsoGone, port] = [await freePort(), await freePort(), servers[0]?.port ?? 0];
    const past = storageOf(new Cluster([gone, port], { lazyConnect: true }), 'past');
    await expect(past.update('one', increment)).resolves.toMatchObject({ record: { count: 1 } });
    const nowhere = storageOf(new Cluster([gone, alsoGone], { lazyConnect: true }), 'past');
    await expect(nowhere.read('one')).rejects.toMatchObject({ reason: 'unavailable', cause: { code: 'ECONNREFUSED' } });
  });

  it('is found through TLS, by a client of another version, and by one that was closed', async () => {
    const { servers } = await cluster();
    const natMap: Record<string, { host: string; port: number }> = {};
    for (const { port } of servers) {
      const front = await startTlsFront(port);
      endings.push(() => front.stop());
      natMap[`127.0.0.1:${port}`] = { host: 'localhost', port: front.port };
    }
    const fronts = Object.values(natMap);
    const secure = new Cluster(fronts.slice(0, 1), { lazyConnect: true, natMap, redisOptions: { tls: TRUST } });
    const closed = clusterClientOf(ioredis, await cluster());
    closed.disconnect();
    for (const [index, client] of [secure, closed, clusterClientOf(ioredis5 as never, await cluster())].entries()) {
      const storage = storageOf(client, 'found');
      await expect(storage.update('one', increment)).resolves.toMatchObject({ record: { count: index + 1 } });
    }
  });

  it('is followed where a slot is on its way, and where it has gone', async () => {
    const { servers } = await cluster();
    const [login = {}] = await Promise.all(servers.map((server) => userOfReadme(server, '+asking')));
    const storage = storageOf(clientOf(servers[0]?.port ?? 0, { redisOptions: login }), 'moving');
    const names = ['one', 'two', 'three'];
    await Promise.all(names.map((name) => storage.update(name, increment)));
    const { home, other, slot } = await mastersFor('breaker:{moving}:');
    const [homeId, otherId] = await Promise.all(
      [home, other].map(async (each) => String(await each.command('CLUSTER', 'MYID'))),
    );
    await other.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', homeId ?? '');
    await home.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', otherId ?? '');
    const migrate = (name: string) =>
      home.command('MIGRATE', '127.0.0.1', other.port, `breaker:{moving}:${name}`, 0, 1_000);
    await migrate('two');

    // One is here, two is there, and the fourth is nowhere: that is asked for there.
    const all = [...names, 'four'];
    const updated = await Promise.all(all.map((name) => storage.update(name, increment)));
    expect(updated.map(({ record }) => countOf(record))).toEqual([2, 2, 2, 1]);
    const read = await Promise.all(all.map((name) => storage.read(name)));
    expect(read.map(({ record }) => countOf(record))).toEqual([2, 2, 2, 1]);

    // Where the server that has got the record is lost, too, what was sent there may have been applied.
    const cut = await Network.start(other.port);
    endings.push(() => cut.stop());
    const natMap = { [`127.0.0.1:${other.port}`]: { host: '127.0.0.1', port: cut.port } };
    const doubtful = storageOf(clientOf(home.port, { redisOptions: login, natMap }), 'moving');
    expect(countOf((await doubtful.read('two')).record)).toBe(2);
    await until('what was asked there is asked no more', () => cut.connections === 0);
    cut.onRequest = (request) => (request.includes('exec') ? 'cut' : undefined);
    const lost = { reason: 'unavailable', mayHaveBeenApplied: true };
    await expect(doubtful.update('two', increment)).rejects.toMatchObject(lost);

    // What is asked for elsewhere must not end the watch of what is written here.
    const network = await Network.start(home.port);
    endings.push(() => network.stop());
    const near = storageOf(clientOf(network.port), 'moving');
    await near.read('one');
    const connected = vi.fn();
    network.server.on('connection', connected);
    let rivals = 1;
    network.onRequest = async (request) => {
      if (/multi|unwatch/.test(request) && rivals-- > 0) {
        await home.command('SET', 'breaker:{moving}:one', '{"count":41}');
      }
      return undefined;
    };
    const [, { record }] = await Promise.all([near.read('two'), near.update('one', increment)]);
    expect(record).toEqual({ count: 42 });
    expect(connected).not.toHaveBeenCalled();

    for (const name of ['one', 'three']) await migrate(name);
    for (const { port } of [other, home, ...servers]) {
      const server = servers.find((each) => each.port === port);
      await server?.command('CLUSTER', 'SETSLOT', slot, 'NODE', otherId ?? '').catch(() => undefined);
    }
    const moved = await Promise.all(all.map((name) => storage.update(name, increment)));
    expect(moved.map(({ record }) => countOf(record))).toEqual([43, 3, 3, 2]);
  });

  it('sends no breaker home where its slot is on its way', async () => {
    const { servers } = await cluster();
    const listener = new RecordingListener();
    const storage = storageOf(clientOf(servers[0]?.port ?? 0), 'breakers');
    const registry = new CircuitBreakerRegistry({ storage, listeners: [listener] });
    const breakers = ['one', 'two', 'three'].map((name) => registry.get(name));
    const allAre = (state: string) => expect(breakers.map((each) => each.state)).toEqual([state, state, state]);
    await Promise.all(breakers.map((breaker) => breaker.isolate()));
    const { home, other, slot } = await mastersFor('breaker:{breakers}:');
    const [homeId, otherId] = await Promise.all([home, other].map((each) => each.command('CLUSTER', 'MYID')));
    await other.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', String(homeId));
    await home.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', String(otherId));
    const migrate = (name: string) =>
      home.command('MIGRATE', '127.0.0.1', other.port, `breaker:{breakers}:${name}`, 0, 1_000);
    await migrate('two');
    await Promise.all(breakers.map((breaker) => breaker.close())); // TRYAGAIN, and then ASK
    allAre('closed');
    for (const name of ['one', 'three']) await migrate(name);
    await Promise.all([other, home].map((each) => each.command('CLUSTER', 'SETSLOT', slot, 'NODE', String(otherId))));
    await Promise.all(breakers.map((breaker) => breaker.isolate())); // MOVED
    allAre('isolated');
    expect(String(await other.command('GET', 'breaker:{breakers}:two'))).toContain('isolated');
    expect(listener.of('storage-degraded')).toEqual([]);
    await registry.dispose();
  });

  it('goes on after a fail-over under traffic, and loses nothing that was written afterwards', async () => {
    const { masterOf } = await cluster();
    const client = clusterClientOf(ioredis, await cluster());
    const [storage, other] = [
      storageOf(client, 'failing'),
      storageOf(clusterClientOf(ioredis, await cluster()), 'failing'),
    ];
    const follower = new Follower(other, 'one');
    await follower.untilToldToRead();
    await storage.update('one', increment);
    await follower.untilTold(1);
    const master = await masterOf('breaker:{failing}:one');
    await master.kill();
    let refused = 0;
    const startedAt = performance.now();
    await until('an update succeeds again', async () => {
      const askedAt = performance.now();
      const [outcome] = await Promise.allSettled([storage.update('one', increment)]);
      expect(performance.now() - askedAt).toBeLessThan(700);
      if (outcome.status === 'fulfilled') return true;
      refused++;
      return false;
    });
    expect(refused).toBeGreaterThan(0);
    expect(performance.now() - startedAt).toBeLessThan(9_000);
    // Each server learns of the fail-over in its own time.
    await until('the other one succeeds, too', async () => (await other.update('one', increment)).now > 0);
    const before = countOf((await storage.read('one')).record);
    await Promise.all([storage, other].map((each) => each.update('one', increment)));
    expect((await other.read('one')).record).toEqual({ count: before + 2 });
    await until('pushes arrive again', async () => {
      const told = follower.records.length;
      await storage.update('one', increment);
      return follower.records.length > told;
    });
  });
});
