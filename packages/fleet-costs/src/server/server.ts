import { Network, startServer, until } from '@breaker/redis-server-for-tests';
import { Redis } from 'ioredis';
import { type CommandCounts, readCommandCounts } from '../numbers/command-counts.js';
import { type Address, parseAddress } from './address.js';

/** The server that everything is measured on. */
export interface Server {
  readonly address: Address;
  /** What the circuits of this run are kept under: nothing else on the server is touched. */
  readonly namespace: string;
  /** For questions; nothing is measured on it. */
  readonly administrator: Redis;
  version(): Promise<string>;
  /** Ends it where it was started here, and leaves the one at `REDIS_URL` as it was; again does no harm. */
  stop(): Promise<void>;
}

/** Takes the server at `REDIS_URL`, or starts one. */
export async function findServer(): Promise<Server> {
  const { REDIS_URL } = process.env;
  const own = REDIS_URL === undefined ? await startServer() : undefined;
  const address = own === undefined ? parseAddress(REDIS_URL as string) : { host: '127.0.0.1', port: own.port };
  const administrator = clientOf(address);
  const namespace = `costs-${process.pid}-${Date.now()}`;
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    if (own === undefined) await removeKeys(administrator, namespace);
    administrator.disconnect();
    await own?.stop();
  };
  return {
    address,
    namespace,
    administrator,
    async version() {
      return (await administrator.info('server')).match(/(?:valkey|redis)_version:(\S+)/)?.[1] ?? 'of unknown version';
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** A client that connects when it is first used, and takes a server that is gone for the end. */
export function clientOf(address: Address): Redis {
  const client = new Redis({ ...address, lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined); // whoever asked is told
  return client;
}

/** A network before the server, which takes its time and can be watched. */
export async function networkBefore({ address }: Server): Promise<{ network: Network; address: Address }> {
  const network = await Network.start(address.port, address.host);
  return { network, address: { ...address, host: '127.0.0.1', port: network.port } };
}

/** Settles when that many connections listen to a circuit: a breaker is ready before the server has heard that its process listens. */
export async function untilHeard({ administrator, address, namespace }: Server, circuit: string, listeners: number) {
  const channel = `breaker:{${namespace}}:${circuit}@${address.db ?? 0}`;
  await until(`${listeners} listen to ${circuit}`, async () => {
    const [, count] = await administrator.pubsub('NUMSUB', channel);
    return Number(count) === listeners;
  });
}

/** How often the server has run each command since it was started. */
export async function countCommands({ administrator }: Server): Promise<CommandCounts> {
  return readCommandCounts(await administrator.info('commandstats'));
}

/** How many bytes the server has received and sent since it was started. */
export async function countBytes({ administrator }: Server): Promise<number> {
  const fields = (await administrator.info('stats')).matchAll(/^total_net_(?:input|output)_bytes:(\d+)/gm);
  return [...fields].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
}

/** How much of a processor's time the server has taken since it was started, in milliseconds. */
export async function countCpuMs({ administrator }: Server): Promise<number> {
  const fields = (await administrator.info('cpu')).matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm);
  return [...fields].reduce((sum, [, seconds]) => sum + Number(seconds) * 1_000, 0);
}

async function removeKeys(administrator: Redis, namespace: string): Promise<void> {
  const keys = await keysOf(administrator, namespace);
  if (keys.length > 0) await administrator.del(keys);
}

/** The keys of a namespace. */
export async function keysOf(administrator: Redis, namespace: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const some of administrator.scanStream({ match: `breaker:{${namespace}*`, count: 1_000 })) {
    keys.push(...(some as string[]));
  }
  return keys;
}
