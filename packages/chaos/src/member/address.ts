import { Cluster, Redis } from 'ioredis';

const HOST = '127.0.0.1';

interface Place {
  readonly host: string;
  readonly port: number;
}

/** Where servers are, as a member reaches them. Plain data. */
export interface Address {
  readonly kind: 'single' | 'sentinel' | 'cluster';
  /** Of the server, of the Sentinels, or of the Cluster's servers. */
  readonly ports: readonly number[];
  /** What the Sentinels call the master. */
  readonly name?: string;
  /** Where servers are reached that others name: there is a network between. */
  readonly natMap?: Readonly<Record<string, Place>>;
}

/** An application's client. It is not connected: the storage makes connections of its own. */
export function clientOf({ kind, ports, name = '', natMap = {} }: Address): Redis | Cluster {
  const places = ports.map((port) => ({ host: HOST, port }));
  const options = { natMap, lazyConnect: true };
  if (kind === 'cluster') return new Cluster(places, options);
  if (kind === 'sentinel') return new Redis({ ...options, name, sentinels: places });
  return new Redis({ host: HOST, port: ports[0] as number, lazyConnect: true });
}
