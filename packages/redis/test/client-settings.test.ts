import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import type { ClientOptions } from './clients.js';
import { Follower } from './follower.js';
import { OwnConnector } from './own-connector.js';
import { increment } from './records.js';
import { setUp } from './setting.js';

describeOnRedis('The client that is given may be set up in any way:', () => {
  const setting = setUp();
  const ways: Readonly<Record<string, ClientOptions>> = {
    'for ever trying': { retryStrategy: () => 1, maxRetriesPerRequest: null, autoResendUnfulfilledCommands: true },
    'reconnecting on errors': { reconnectOnError: () => 2 },
    'without a queue': { enableOfflineQueue: false },
    'with automatic pipelines': { enableAutoPipelining: true },
    'with numbers as strings': { stringNumbers: true },
    'with brief time-outs': { commandTimeout: 1, socketTimeout: 1 },
    'for reading only': { readOnly: true },
    'by RESP2': { protocol: 2 },
    'by a name': { connectionName: 'application' },
    'without a ready check': { enableReadyCheck: false },
    'without retries': { maxRetriesPerRequest: 0 },
    'with other replies': { replyMapping: 'resp3' },
    'with friendly stacks': { showFriendlyErrorStack: true },
    'with scripts of its own': { scripts: { get: { lua: 'return 1', numberOfKeys: 1 } } },
    'as a monitor': { monitor: true },
    'with a connector of its own': { Connector: OwnConnector },
  };

  it.each(Object.entries(ways))('%s', async (_, options) => {
    const storage = setting.storage(await setting.client(undefined, { ...options, lazyConnect: true }));
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    const updates = [storage.update('one', increment), storage.update('one', increment), storage.read('two')];
    await Promise.all(updates);
    await until('it is told of the write', () => follower.records.length > 0);
    expect(follower.records).toEqual([{ count: 2 }]);
    await (await setting.server()).command('RPUSH', 'breaker:{tests}:list', 'x');
    await expect(storage.read('list')).rejects.toMatchObject({ reason: 'unreadable' });
  });

  it.each(Object.entries(ways))('%s, and is not reconnected between WATCH and EXEC', async (_, options) => {
    const server = await setting.server();
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { ...options, lazyConnect: true }));
    network.onRequest = async (request) => {
      if (!request.includes('exec')) return undefined;
      await server.command('SET', 'breaker:{tests}:one', '{"count":41}');
      return 'cut';
    };
    const outcome = storage.update('one', increment);
    await expect(outcome).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: true });
    expect(network.requests.filter((request) => request.includes('exec'))).toHaveLength(1);
    expect(String(await server.command('GET', 'breaker:{tests}:one'))).toBe('{"count":41}');
  });
});
