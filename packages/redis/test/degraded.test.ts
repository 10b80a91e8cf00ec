import { CircuitBreaker, CircuitOpenError, CircuitTrippedError } from '@breaker/core';
import { startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { RecordingListener } from '@breaker/testing';
import { Cluster, type Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { FAULTS } from './faults.js';
import { setUp } from './setting.js';
import { sharedByAll } from './shared-by-all.js';

const KEY = 'breaker:{tests}:payments';
const SLOTS = Array.from({ length: 16_384 }, (_, slot) => slot);
const down = new Error('down');

describeOnRedis('A breaker whose storage', () => {
  const setting = setUp();
  const slow = sharedByAll(() => startServer({ 'key-load-delay': '2500', rdbcompression: 'no' }));
  const clustered = sharedByAll(() => startServer({ 'cluster-enabled': 'yes' }));
  const breakers: CircuitBreaker[] = [];

  afterEach(async () => {
    await Promise.all(breakers.splice(0).map((breaker) => breaker.dispose()));
  });

  it.each(FAULTS)('says $word goes on alone, and comes back', async ({ word, isAnonymous, begin, end }) => {
    const server = await setting.server();
    await server.command('ACL', 'SETUSER', 'app', 'on', '>secret', '~*', 'allchannels', '+@all');
    const login = isAnonymous ? {} : { username: 'app', password: 'secret' };
    const one = member(await setting.client(server, { ...login, lazyConnect: true }));
    await one.breaker.ready();
    const client = await setting.client();
    await begin(server, client);
    try {
      await untilNoticed(one);
      expect(one.listener.of('storage-degraded')[0]).toMatchObject({ error: errorOf(word) });
    } finally {
      await end(server, client);
    }
    await untilInStep(one, member(await setting.client()));
  });

  it('says LOADING goes on alone, and comes back', async () => {
    const server = await slow();
    await server.command('EVAL', 'for i = 1, 800 do redis.call("SET", i, string.rep("x", 40000)) end', 0);
    await server.command('SAVE');
    await server.kill();
    await server.restart();
    // It answers now and then only, and less often where the machine is busy.
    const one = member(await setting.client(server, { lazyConnect: true }), 2_000);
    await one.breaker.ready();
    await untilNoticed(one);
    expect(one.listener.of('storage-degraded')[0]).toMatchObject({ error: errorOf('LOADING') });
    await untilInStep(one, member(await setting.client(server)));
  });

  it('says CLUSTERDOWN goes on alone, and comes back', async () => {
    const server = await clustered();
    await server.command('CLUSTER', 'ADDSLOTS', ...SLOTS);
    const slot = Number(await server.command('CLUSTER', 'KEYSLOT', KEY));
    await until('the Cluster is up', async () => String(await server.command('CLUSTER', 'INFO')).includes('state:ok'));
    const client = () => new Cluster([{ host: '127.0.0.1', port: server.port }], { lazyConnect: true });
    const one = member(client());
    await one.breaker.ready();
    await server.command('CLUSTER', 'DELSLOTS', slot);
    await untilNoticed(one);
    expect(one.listener.of('storage-degraded')[0]).toMatchObject({ error: errorOf('CLUSTERDOWN') });
    await server.command('CLUSTER', 'ADDSLOTS', slot);
    await untilInStep(one, member(client()));
  });

  it.each([
    ['garbage', ['SET', KEY, 'garbage']],
    ['an empty string', ['SET', KEY, '']],
    ['a list', ['RPUSH', KEY, 'x']],
    ['null', ['SET', KEY, 'null']],
    ['a number', ['SET', KEY, '5']],
    ['a record of a newer version', ['SET', KEY, '{"schema":99}']],
    ['half a record', ['SET', KEY, '{"schema":1,"state":"open"}']],
  ] as const)('holds %s goes on alone, overwrites nothing, and comes back', async (_, [command, ...args]) => {
    const server = await setting.server();
    const client = await setting.client();
    const one = member(client);
    await one.breaker.ready();
    await server.command('DEL', KEY);
    await server.command(command, ...args);
    const before = await server.command('DUMP', KEY);
    await untilNoticed(one);
    expect(one.listener.of('storage-degraded')).toMatchObject([{ error: { reason: 'unreadable' } }]);
    await one.breaker.open();
    expect(one.breaker.state).toBe('open');
    expect(await server.command('DUMP', KEY)).toEqual(before);
    await server.command('DEL', KEY);
    await untilInStep(one, member(client));
    expect(one.listener.of('storage-degraded')).toHaveLength(1);
  });

  function member(client: Redis | Cluster, timeoutMs = 400) {
    const listener = new RecordingListener();
    const breaker = new CircuitBreaker('payments', {
      storage: setting.storage(client, { timeoutMs }),
      storageTimeoutMs: timeoutMs + 100,
      listeners: [listener],
    });
    breakers.push(breaker);
    return { breaker, listener };
  }
});

/** How a fault is told: by the server's word, where it says one. */
function errorOf(word: string | undefined) {
  const name = 'RedisStorageError';
  if (word === undefined) return { reason: 'timeout', cause: { name } };
  return { reason: 'unavailable', cause: { name, cause: { message: expect.stringMatching(`^${word}`) } } };
}

interface Member {
  readonly breaker: CircuitBreaker;
  readonly listener: RecordingListener;
}

/** Makes calls that fail: each gets its own outcome, or a breaker's rejection. */
async function untilNoticed({ breaker, listener }: Member): Promise<void> {
  await until('it has noticed', async () => {
    const error: unknown = await breaker.execute(() => Promise.reject(down)).catch((thrown) => thrown);
    expect([down, expect.any(CircuitOpenError), expect.any(CircuitTrippedError)]).toContainEqual(error);
    return listener.of('storage-degraded').length > 0;
  });
  expect(listener.of('storage-degraded')[0]).toMatchObject({ error: { name: 'CircuitStorageError' } });
}

/** It recovers, and what is ruled by hand then is shared again. */
async function untilInStep({ breaker, listener }: Member, other: Member): Promise<void> {
  await until('it has recovered', () => !breaker.snapshot().degraded);
  expect(listener.of('storage-recovered').length).toBeGreaterThan(0);
  await breaker.isolate();
  await other.breaker.ready();
  expect(other.breaker.state).toBe('isolated');
  await other.breaker.close();
  await until('it hears of others', () => breaker.state === 'closed');
  expect(other.listener.of('storage-degraded')).toEqual([]);
}
