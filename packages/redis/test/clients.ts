import type { ClusterForTests, SentinelsForTests } from '@breaker/redis-server-for-tests';
import type * as ioredis from 'ioredis';
import type { ChainableCommander, Cluster, Redis, RedisOptions } from 'ioredis';

/** The types of ioredis' constructors forbid an explicit `undefined`. */
export type ClientOptions = Omit<RedisOptions, 'replyMapping'> & { readonly replyMapping?: 'legacy' | 'resp3' };

/** What tests use of ioredis, of any version. */
export type Ioredis = Pick<typeof ioredis, 'Redis' | 'Cluster'>;

export function clientOf(
  { Redis: Client }: Ioredis,
  server: { readonly port: number },
  options: ClientOptions = {},
): Redis {
  return quiet(new Client({ host: '127.0.0.1', port: server.port, ...options }));
}

export function clusterClientOf({ Cluster: Client }: Ioredis, { servers }: ClusterForTests): Cluster {
  return quiet(new Client(servers.map(({ port }) => ({ host: '127.0.0.1', port }))));
}

export function sentinelClientOf(
  { Redis: Client }: Ioredis,
  { name, sentinels }: SentinelsForTests,
  options: ClientOptions = {},
): Redis {
  return quiet(new Client({ name, sentinels: sentinels.map(({ port }) => ({ host: '127.0.0.1', port })), ...options }));
}

/** Its errors are the application's to see to; here they are expected. */
function quiet<T extends Redis | Cluster>(client: T): T {
  client.on('error', () => undefined);
  return client;
}

/** Makes the client's duplicates give every string as a Buffer. */
export function returningBuffers(client: Redis): Redis {
  const duplicate = client.duplicate.bind(client);
  client.duplicate = ((options: RedisOptions) => {
    const copy = duplicate(options);
    for (const method of ['pipeline', 'multi'] as const) {
      const begin = copy[method].bind(copy) as (commands: unknown[][]) => ChainableCommander;
      copy[method] = ((commands: unknown[][]) => {
        const chain = begin(commands);
        const run = chain.exec.bind(chain);
        chain.exec = (async () => toBuffers(await run())) as typeof chain.exec;
        return chain;
      }) as never;
    }
    return copy;
  }) as typeof client.duplicate;
  return client;
}

function toBuffers(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(toBuffers);
  return typeof reply === 'string' ? Buffer.from(reply) : reply;
}
