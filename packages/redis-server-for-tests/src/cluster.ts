import { type ServerForTests, startServer } from './server.js';
import { until } from './until.js';

const SLOTS = 16_384;
const MASTERS = 3;

/** Six servers: three masters, each with a replica. */
export interface ClusterForTests {
  readonly servers: readonly ServerForTests[];
  /** The master that holds a key at present, as the first server that answers knows it. */
  masterOf(key: string): Promise<ServerForTests>;
  stop(): Promise<void>;
}

/** @param settings - of every server's configuration */
export async function startCluster(settings: Readonly<Record<string, string>> = {}): Promise<ClusterForTests> {
  const servers = await Promise.all(
    Array.from({ length: 2 * MASTERS }, () =>
      startServer({
        'cluster-enabled': 'yes',
        'cluster-node-timeout': '1000',
        'repl-diskless-sync-delay': '0',
        // Else a fail-over in the first seconds never happens.
        'repl-ping-replica-period': '1',
        ...settings,
      }),
    ),
  );
  const [first, ...others] = servers as [ServerForTests, ...ServerForTests[]];
  await Promise.all(servers.map((server, index) => server.command('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)));
  const share = Math.ceil(SLOTS / MASTERS);
  await Promise.all(
    servers.slice(0, MASTERS).map((server, index) => {
      const end = Math.min(SLOTS, (index + 1) * share);
      // Redis 6.2 takes no ranges.
      const slots = Array.from({ length: end - index * share }, (_, nth) => index * share + nth);
      return server.command('CLUSTER', 'ADDSLOTS', ...slots);
    }),
  );
  await Promise.all(others.map(({ port }) => first.command('CLUSTER', 'MEET', '127.0.0.1', port)));
  const known = async (server: ServerForTests) =>
    String(await server.command('CLUSTER', 'NODES'))
      .trim()
      .split('\n');
  const allKnowAll = async () =>
    (await Promise.all(servers.map(known))).every((nodes) => nodes.length === servers.length);
  await until('all servers know each other', allKnowAll);
  await Promise.all(
    servers.slice(MASTERS).map(async (server, index) => {
      const id = String(await (servers[index] as ServerForTests).command('CLUSTER', 'MYID'));
      await until(
        'a replica knows its master',
        async () => (await server.command('CLUSTER', 'REPLICATE', id)) === 'OK',
      );
    }),
  );
  await Promise.all(servers.map((server) => until('the Cluster is up', () => isUp(server))));
  const replicas = servers.slice(MASTERS);
  await Promise.all(replicas.map((server) => until('a replica has its link', () => hasLink(server))));
  return {
    servers,
    masterOf: (key) => masterOf(servers, key),
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function isUp(server: ServerForTests): Promise<boolean> {
  const info = String(await server.command('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_slots_ok:${SLOTS}`);
}

async function hasLink(server: ServerForTests): Promise<boolean> {
  return String(await server.command('INFO', 'replication')).includes('master_link_status:up');
}

async function masterOf(servers: readonly ServerForTests[], key: string): Promise<ServerForTests> {
  for (const server of servers) {
    const found = await inTime(server.command('CLUSTER', 'KEYSLOT', key).catch(() => undefined));
    if (found === undefined) continue;
    const ranges = (await server.command('CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
    const slot = Number(found);
    const [, , master] = ranges.find(([from, to]) => from <= slot && slot <= to) ?? [];
    const holder = servers.find(({ port }) => port === master?.[1]);
    if (holder !== undefined) return holder;
  }
  throw new Error(`No server knows who holds ${key}`);
}

const ANSWER_MS = 500;

/** What a server says, unless it is frozen. */
async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ANSWER_MS, undefined);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
