import {
  type ClusterForTests,
  type SentinelsForTests,
  type ServerForTests,
  startCluster,
  startSentinels,
  startServer,
} from '@breaker/redis-server-for-tests';

export type ServersKind = 'single' | 'sentinel' | 'cluster';

/** The servers that a fleet shares its circuit through. */
export interface Servers {
  readonly kind: ServersKind;
  /** Those that keep data. */
  readonly all: readonly ServerForTests[];
  readonly sentinels: readonly ServerForTests[];
  /** What the Sentinels call the master. */
  readonly name: string;
  /** The one that a key is written to at present. */
  masterOf(key: string): Promise<ServerForTests>;
  stop(): Promise<void>;
}

export async function startServers(kind: ServersKind): Promise<Servers> {
  switch (kind) {
    case 'single':
      return single(await startServer());
    case 'sentinel':
      return sentinel(await startSentinels());
    case 'cluster':
      return cluster(await startCluster());
  }
}

/** One server, which somebody else may have started. */
export function single(server: ServerForTests): Servers {
  const masterOf = () => Promise.resolve(server);
  return { kind: 'single', all: [server], sentinels: [], name: '', masterOf, stop: () => server.stop() };
}

export function sentinel(trio: SentinelsForTests): Servers {
  const { servers: all, sentinels, name } = trio;
  return { kind: 'sentinel', all, sentinels, name, masterOf: () => trio.master(), stop: () => trio.stop() };
}

export function cluster(six: ClusterForTests): Servers {
  const masterOf = (key: string) => six.masterOf(key);
  return { kind: 'cluster', all: six.servers, sentinels: [], name: '', masterOf, stop: () => six.stop() };
}
