import type { Cluster, Redis } from 'ioredis';
import type { ClientOptions, Ioredis } from '../clients.js';

/**
 * Makes a client of a server at an address: where the server says that it belongs to a Cluster, a client of that.
 *
 * @param url - as in `REDIS_URL`: may have a user, a password, a database, and say `rediss:`
 */
export async function clientAt(
  { Redis: Client, Cluster: ClusterClient }: Ioredis,
  url: string,
  tls?: ClientOptions['tls'],
): Promise<Redis | Cluster> {
  const client = new Client(url, tls ? { tls } : {});
  if (!String(await client.info('cluster')).includes('cluster_enabled:1')) return client;
  const { host, port, username, password, tls: how } = client.options;
  client.disconnect();
  // Certificates name hosts, not their addresses.
  return new ClusterClient([{ host, port }], {
    dnsLookup: (name, callback) => callback(null, name),
    redisOptions: { username, password, tls: how },
  });
}
