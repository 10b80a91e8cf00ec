import type { ClusterOptions, RedisOptions } from 'ioredis';

export interface NodeAddress {
  readonly host: string;
  readonly port: number;
}

/** A server of a Cluster, and how to connect to it where that is not said for all of them. */
export type ClusterServer = RedisOptions & NodeAddress;

/**
 * Reads the address of a redirection: `host:port`, where the host may have colons of its own.
 *
 * @param answering - the host that has sent it: a server that knows no host of its own says none
 */
export function parseAddress(text: string, answering: string, natMap: ClusterOptions['natMap']): NodeAddress {
  const mapped = typeof natMap === 'function' ? natMap(text) : natMap?.[text];
  if (mapped) return mapped;
  const colon = text.lastIndexOf(':');
  const host = text.slice(0, colon);
  return { host: host === '' || host === '?' ? answering : host, port: Number(text.slice(colon + 1)) };
}
