import { startCluster, startSentinels, startServer } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { describeStorageContract } from '@breaker/testing/contract';
import type { Cluster, Redis } from 'ioredis';
import { describe, it } from 'vitest';
import { RedisStorage } from '../../src/index.js';
import { clientOf, clusterClientOf, type Ioredis, returningBuffers, sentinelClientOf } from '../clients.js';
import { sharedByAll } from '../shared-by-all.js';
import { clientAt } from './client-at.js';

/** Runs the contract of storages on every kind of server. */
export function describeContractOnRedis(version: string, ioredis: Ioredis): void {
  describeOnRedis(`RedisStorage with ${version}`, () => {
    const server = sharedByAll(() => startServer());
    const cluster = sharedByAll(() => startCluster());
    const sentinels = sharedByAll(() => startSentinels());

    describeContract('one server', async () => clientOf(ioredis, await server()));
    describeContract('Buffers', async () => returningBuffers(clientOf(ioredis, await server())));
    describeContract('a Cluster', async () => clusterClientOf(ioredis, await cluster()));
    describeContract('Sentinel', async () => sentinelClientOf(ioredis, await sentinels()));
  });

  const { REDIS_URL, WITHOUT_REDIS } = process.env;
  describe.skipIf(REDIS_URL === undefined || WITHOUT_REDIS === '1')(`RedisStorage at REDIS_URL with ${version}`, () => {
    describeContract('the server at REDIS_URL', () => clientAt(ioredis, REDIS_URL ?? ''));
  });
}

/** All tests share a client; the storages of each work under a namespace of their own. */
export function describeContract(kind: string, connect: () => Promise<Redis | Cluster>): void {
  const client = sharedByAll(async () => {
    const connected = await connect();
    const stop = async () => {
      await deleteRecords(connected);
      connected.disconnect();
    };
    return Object.assign(connected, { stop });
  });
  const factory = async () => {
    const namespace = `contract-${Math.random()}`;
    const storage = new RedisStorage(await client(), { namespace });
    const another = new RedisStorage(await client(), { namespace });
    return { storage, another, cleanup: () => Promise.all([storage.close(), another.close()]) };
  };
  describeStorageContract(`RedisStorage on ${kind}`, factory, { describe, it });
}

/** Leaves servers as they were: they may be somebody else's. */
async function deleteRecords(client: Redis | Cluster): Promise<void> {
  const masters = client.isCluster ? (client as Cluster).nodes('master') : [client as Redis];
  for (const master of masters) {
    for await (const keys of master.scanStream({ match: '*breaker:{contract-*', count: 1_000 })) {
      await Promise.all((keys as string[]).map((key) => master.del(key)));
    }
  }
}
