import { rm } from 'node:fs/promises';
import { type ServerForTests, until } from '@breaker/redis-server-for-tests';
import type { Redis } from 'ioredis';

/** A fault of a server that users meet. */
export interface Fault {
  /** How the server's word begins; it may also say nothing. */
  readonly word: string | undefined;
  /** Whether the breakers have no login. */
  readonly isAnonymous?: true;
  begin(server: ServerForTests, client: Redis): Promise<unknown>;
  end(server: ServerForTests, client: Redis): Promise<unknown>;
}

const set = (server: ServerForTests, name: string, value: string) => server.command('CONFIG', 'SET', name, value);

/** By RESP3, a connection that subscribes is a normal one for Redis. */
async function killClients(server: ServerForTests): Promise<void> {
  for (const type of ['normal', 'pubsub']) await server.command('CLIENT', 'KILL', 'TYPE', type, 'SKIPME', 'yes');
}

async function leaveMaster(server: ServerForTests): Promise<void> {
  await server.command('REPLICAOF', 'NO', 'ONE');
  await set(server, 'replica-serve-stale-data', 'yes');
}

/** What a server that stands alone may say. The breakers' user is `app`. */
export const FAULTS: readonly Fault[] = [
  {
    word: 'READONLY',
    begin: (server) => server.command('REPLICAOF', '127.0.0.1', '1'),
    end: leaveMaster,
  },
  {
    word: 'MASTERDOWN',
    async begin(server) {
      await set(server, 'replica-serve-stale-data', 'no');
      await server.command('REPLICAOF', '127.0.0.1', '1');
    },
    end: leaveMaster,
  },
  {
    word: 'WRONGPASS',
    async begin(server) {
      await server.command('ACL', 'SETUSER', 'app', 'resetpass', '>another');
      await killClients(server);
    },
    end: (server) => server.command('ACL', 'SETUSER', 'app', '>secret'),
  },
  {
    word: 'NOAUTH',
    isAnonymous: true,
    async begin(server) {
      await set(server, 'requirepass', 'secret');
      await killClients(server);
    },
    end: (server) => set(server, 'requirepass', ''),
  },
  {
    word: 'NOPERM',
    begin: (server) => server.command('ACL', 'SETUSER', 'app', '-set'),
    end: (server) => server.command('ACL', 'SETUSER', 'app', '+set'),
  },
  {
    word: 'OOM',
    begin: (server) => set(server, 'maxmemory', '1'),
    end: (server) => set(server, 'maxmemory', '0'),
  },
  {
    word: 'NOREPLICAS',
    begin: (server) => set(server, 'min-replicas-to-write', '1'),
    end: (server) => set(server, 'min-replicas-to-write', '0'),
  },
  {
    word: 'BUSY',
    async begin(server, client) {
      await set(server, 'lua-time-limit', '1');
      client.eval('while true do end', 0).catch(() => undefined);
    },
    end: (server) => server.command('SCRIPT', 'KILL'),
  },
  {
    word: 'MISCONF',
    async begin(server) {
      await set(server, 'save', '3600 1');
      const [, folder] = (await server.command('CONFIG', 'GET', 'dir')) as [string, string];
      await rm(folder, { recursive: true });
      await server.command('BGSAVE');
      const facts = () => server.command('INFO', 'persistence');
      await until('it cannot save', async () => String(await facts()).includes('rdb_last_bgsave_status:err'));
    },
    end: (server) => set(server, 'save', ''),
  },
  {
    word: undefined,
    begin: async (server) => server.freeze(),
    end: async (server) => server.thaw(),
  },
];
