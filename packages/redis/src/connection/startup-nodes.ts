import { lookup, resolveSrv } from 'node:dns';
import { isIP } from 'node:net';
import type { Cluster, ClusterNode, ClusterOptions, RedisOptions } from 'ioredis';
import type { ClusterServer } from './node-address.js';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 6379;

/** Finds the servers that a Cluster's client was told of, the way ioredis does: by SRV records or names. What cannot be found is left out. */
export async function startupNodes(cluster: Cluster): Promise<ClusterServer[]> {
  const { startupNodes: nodes } = cluster as unknown as { readonly startupNodes: readonly ClusterNode[] };
  const found = await Promise.all(nodes.map((node) => resolve(node, cluster.options).catch(() => [])));
  return found.flat();
}

function nodeOptions(node: ClusterNode): RedisOptions {
  if (typeof node === 'number') return { port: node };
  if (typeof node !== 'string') return node as RedisOptions;
  const url = new URL(node.includes('://') ? node : `redis://${node}`);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

async function resolve(startupNode: ClusterNode, options: ClusterOptions): Promise<ClusterServer[]> {
  const given = nodeOptions(startupNode);
  const node = { ...given, host: given.host ?? DEFAULT_HOST, port: Number(given.port ?? DEFAULT_PORT) };
  if (isIP(node.host) !== 0) return [node];
  if (!options.useSRVRecords) return [{ ...node, host: await addressOf(node.host, options) }];
  const servers = await serversOf(node.host, options);
  return Promise.all(servers.map(async ({ name, port }) => ({ ...node, host: await addressOf(name, options), port })));
}

function addressOf(host: string, { dnsLookup = lookup }: ClusterOptions): Promise<string> {
  return new Promise((found, fail) => dnsLookup(host, (error, address) => (error ? fail(error) : found(address))));
}

function serversOf(host: string, options: ClusterOptions): Promise<{ name: string; port: number }[]> {
  const { resolveSrv: find = resolveSrv } = options;
  return new Promise((found, fail) => find(host, (error, records) => (error ? fail(error) : found(records ?? []))));
}
