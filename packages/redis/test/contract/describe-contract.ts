import { startCluster, startSentinels, startServer } from '@breaker/redis-server-for-tests';
import { describeStorageContract } from '@breaker/testing/contract';
import type { Cluster, Redis } from 'ioredis';
import { describe, it } from 'vitest';
import { RedisStorage } from '../../src/index.js';
import { clientOf, clusterClientOf, type Ioredis, returningBuffers, sentinelClientOf } from '../clients.js';
import { describeOnRedis } from '../on-redis.js';
import { sharedByAll } from '../shared-by-all.js';

/** Runs the contract of storages on every kind of server. */
export function describeContractOnRedis(version: string, ioredis: Ioredis): void {
  describeOnRedis(`RedisStorage with ${version}`, () => {
    const server = sharedByAll(() => startServer());
    const cluster = sharedByAll(() => startCluster());
    const sentinels = sharedByAll(() => startSentinels());
    const { REDIS_URL } = process.env;

    describeContract('one server', async () => clientOf(ioredis, await server()));
    describeContract('Buffers', async () => returningBuffers(clientOf(ioredis, await server())));
    describeContract('a Cluster', async () => clusterClientOf(ioredis, await cluster()));
    describeContract('Sentinel', async () => sentinelClientOf(ioredis, await sentinels()));
    if (REDIS_URL !== undefined) describeContract('the server at REDIS_URL', async () => new ioredis.Redis(REDIS_URL));
  });
}

/** All tests share a client; the storages of each work under a namespace of their own. */
function describeContract(kind: string, connect: () => Promise<Redis | Cluster>): void {
  const client = sharedByAll(async () => {
    const connected = await connect();
    return Object.assign(connected, { stop: async () => connected.disconnect() });
  });
  const factory = async () => {
    const namespace = `contract-${Math.random()}`;
    const storage = new RedisStorage(await client(), { namespace });
    const another = new RedisStorage(await client(), { namespace });
    return { storage, another, cleanup: () => Promise.all([storage.close(), another.close()]) };
  };
  describeStorageContract(`RedisStorage on ${kind}`, factory, { describe, it });
}
