import { Network, type ServerForTests, startServer } from '@breaker/redis-server-for-tests';
import type { Cluster, Redis } from 'ioredis';
import * as ioredis from 'ioredis';
import { afterEach } from 'vitest';
import { RedisStorage, type RedisStorageOptions } from '../src/index.js';
import { type ClientOptions, clientOf } from './clients.js';
import { sharedByAll } from './shared-by-all.js';

/** What most tests work with: a server that is emptied after each of them, and everything on it that must be closed. */
export interface Setting {
  readonly server: () => Promise<ServerForTests>;
  /** A network before that server. */
  network(): Promise<Network>;
  client(at?: { readonly port: number }, options?: ClientOptions): Promise<Redis>;
  storage(client: Redis | Cluster, options?: Partial<RedisStorageOptions>): RedisStorage;
}

export function setUp(settings: Readonly<Record<string, string>> = {}): Setting {
  const server = sharedByAll(() => startServer(settings));
  const endings: (() => unknown)[] = [];
  let hasBegun = false;
  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
    if (hasBegun) await (await server()).command('FLUSHALL');
  });
  return {
    server: () => {
      hasBegun = true;
      return server();
    },
    async network() {
      const network = await Network.start((await this.server()).port);
      endings.push(() => network.stop());
      return network;
    },
    async client(at, options) {
      const client = clientOf(ioredis, at ?? (await this.server()), options);
      endings.push(() => client.disconnect());
      return client;
    },
    storage(client, options = {}) {
      const storage = new RedisStorage(client, { namespace: 'tests', ...options });
      endings.push(() => storage.close());
      return storage;
    },
  };
}
