import { type ServerForTests, startSentinelServer, startServer } from './server.js';
import { until } from './until.js';

/** A master and a replica, watched by three Sentinels. */
export interface SentinelsForTests {
  /** What the Sentinels call the master. */
  readonly name: string;
  readonly sentinels: readonly ServerForTests[];
  readonly servers: readonly ServerForTests[];
  /** The master, as the first Sentinel that answers knows it. */
  master(): Promise<ServerForTests>;
  stop(): Promise<void>;
}

const NAME = 'shared';

export async function startSentinels(): Promise<SentinelsForTests> {
  const settings = { 'repl-diskless-sync-delay': '0', 'repl-ping-replica-period': '1' };
  const master = await startServer(settings);
  const replica = await startServer({ ...settings, replicaof: `127.0.0.1 ${master.port}` });
  const isInStep = async () => String(await replica.command('INFO', 'replication')).includes('master_link_status:up');
  await until('the replica has its link', isInStep);
  const sentinels = await Promise.all(
    Array.from({ length: 3 }, () =>
      startSentinelServer([
        `sentinel monitor ${NAME} 127.0.0.1 ${master.port} 2`,
        `sentinel down-after-milliseconds ${NAME} 500`,
        `sentinel failover-timeout ${NAME} 2000`,
      ]),
    ),
  );
  const servers = [master, replica];
  const all = [...servers, ...sentinels];
  await Promise.all(sentinels.map((each) => until('a Sentinel knows all others', () => knowsAll(each))));
  return {
    name: NAME,
    sentinels,
    servers,
    master: () => masterOf(sentinels, servers),
    async stop() {
      await Promise.all(all.map((server) => server.stop()));
    },
  };
}

async function knowsAll(sentinel: ServerForTests): Promise<boolean> {
  const facts = (await sentinel.command('SENTINEL', 'MASTER', NAME)) as string[];
  const fact = (name: string) => facts[facts.indexOf(name) + 1];
  return fact('num-other-sentinels') === '2' && fact('num-slaves') === '1';
}

async function masterOf(
  sentinels: readonly ServerForTests[],
  servers: readonly ServerForTests[],
): Promise<ServerForTests> {
  for (const sentinel of sentinels) {
    const address = (await sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME).catch(() => undefined)) as
      | [string, string]
      | undefined;
    const master = servers.find(({ port }) => String(port) === address?.[1]);
    if (master !== undefined) return master;
  }
  throw new Error('No Sentinel knows the master');
}
