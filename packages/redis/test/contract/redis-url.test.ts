import { startCluster, startServer } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import * as ioredis from 'ioredis';
import { describe, expect, it } from 'vitest';
import { sharedByAll } from '../shared-by-all.js';
import { startTlsFront, TRUST } from '../tls/front.js';
import { clientAt } from './client-at.js';
import { describeContract } from './describe-contract.js';

describeOnRedis('REDIS_URL may name', () => {
  const server = sharedByAll(() => startServer({ requirepass: 'sec/ret' }));
  const front = sharedByAll(async () => startTlsFront((await server()).port));
  const cluster = sharedByAll(() => startCluster({ requirepass: 'secret', masterauth: 'secret' }));
  const urlOfFront = async () => `rediss://default:sec%2Fret@localhost:${(await front()).port}/3`;
  const urlOfCluster = async () => `redis://:secret@127.0.0.1:${(await cluster()).servers[5]?.port}`;

  describe('a user, a password, a database and TLS', () => {
    describeContract('a server that is guarded', async () => clientAt(ioredis, await urlOfFront(), TRUST));
  });

  describe('one of a Cluster', () => {
    describeContract('the whole Cluster', async () => clientAt(ioredis, await urlOfCluster()));
  });

  it('what it leaves as it was', async () => {
    for (const [url, tls, isCluster] of [
      [await urlOfFront(), TRUST, false],
      [await urlOfCluster(), undefined, true],
    ] as const) {
      const client = await clientAt(ioredis, url, tls);
      expect(client.isCluster).toBe(isCluster);
      client.disconnect();
    }
    await (await server()).command('SELECT', 3);
    for (const each of [await server(), ...(await cluster()).servers]) expect(await each.command('DBSIZE')).toBe(0);
  });
});
