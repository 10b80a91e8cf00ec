import { Cluster, type ClusterNode, type ClusterOptions } from 'ioredis';
import { expect, it } from 'vitest';
import { startupNodes } from './startup-nodes.js';

function found(nodes: ClusterNode[], options: Omit<ClusterOptions, 'redisOptions'> = {}) {
  return startupNodes(new Cluster(nodes, { lazyConnect: true, ...options }));
}

const failure: NodeJS.ErrnoException = new Error('ENOTFOUND');
const dnsLookup: ClusterOptions['dnsLookup'] = (name, callback) =>
  name === 'nowhere.test' ? callback(failure, '') : callback(null, `address of ${name}`);

it.each<[ClusterNode, object]>([
  [7_000, { host: '127.0.0.1', port: 7_000 }],
  ['10.0.0.1', { host: '10.0.0.1', port: 6_379 }],
  ['10.0.0.1:7000', { host: '10.0.0.1', port: 7_000 }],
  ['redis.test:7000', { host: 'address of redis.test', port: 7_000 }],
  ['redis://[::1]:7000', { host: '::1', port: 7_000 }],
  ['rediss://me:p%40ss@10.0.0.1', { host: '10.0.0.1', port: 6_379, username: 'me', password: 'p@ss', tls: {} }],
  [{ host: '10.0.0.1' }, { host: '10.0.0.1', port: 6_379 }],
  [{ port: 7_000 }, { host: '127.0.0.1', port: 7_000 }],
])('reads %o as ioredis does', async (node, server) => {
  expect(await found([node], { dnsLookup })).toEqual([server]);
});

it('leaves out what cannot be found', async () => {
  const nodes = ['nowhere.test', 'not an address', '10.0.0.1'];
  expect(await found(nodes, { dnsLookup })).toEqual([{ host: '10.0.0.1', port: 6_379 }]);
});

it('finds servers by SRV records', async () => {
  const resolveSrv: ClusterOptions['resolveSrv'] = (name, callback) => {
    if (name === 'empty.test') callback(null);
    else if (name === 'nowhere.test') callback(failure);
    else
      callback(
        null,
        [1, 2].map((nth) => ({ name: `${nth}.test`, port: nth, priority: 1, weight: 1 })),
      );
  };
  const nodes = ['srv.test', 'empty.test', 'nowhere.test', '10.0.0.1'];
  expect(await found(nodes, { dnsLookup, resolveSrv, useSRVRecords: true })).toEqual([
    { host: 'address of 1.test', port: 1 },
    { host: 'address of 2.test', port: 2 },
    { host: '10.0.0.1', port: 6_379 },
  ]);
});
