import { MemoryStorage } from '@breaker/core';
import { Cluster, Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { RedisStorage, RedisStorageError } from '../src/index.js';

const client = new Redis({ lazyConnect: true });

function making(given: unknown, options?: unknown): () => RedisStorage {
  return () => new RedisStorage(given as Redis, options as never);
}

it.each([
  [
    making(undefined, { namespace: 'x' }),
    TypeError,
    'client must be an ioredis client (Redis or Cluster), but is undefined',
  ],
  [making('redis://host', { namespace: 'x' }), TypeError, 'but is "redis://host"'],
  [making(new MemoryStorage(), { namespace: 'x' }), TypeError, 'but is an object'],
  [making('x'.repeat(100), { namespace: 'x' }), TypeError, `but is "${'x'.repeat(80)}..."`],
  [making(client), TypeError, 'options must be an object with a namespace, but is undefined'],
  [making(client, {}), TypeError, 'namespace must be a non-empty string, but is undefined'],
  [making(client, { namespace: '' }), TypeError, 'namespace must be a non-empty string, but is ""'],
  [making(client, { namespace: () => 'x' }), TypeError, 'but is a function'],
  [making(client, { namespace: ['x'] }), TypeError, 'but is an array'],
  [making(client, { namespace: 'x', ttl: 5 }), TypeError, 'options has an unknown key "ttl" (5)'],
  [
    making(client, { namespace: 'x', idleTtlMs: '5' }),
    TypeError,
    'idleTtlMs must be a finite number of milliseconds above 0',
  ],
  [making(client, { namespace: 'x', idleTtlMs: Number.NaN }), RangeError, 'idleTtlMs'],
  [making(client, { namespace: 'x', timeoutMs: 0 }), RangeError, 'timeoutMs must be a finite number'],
  [making(client, { namespace: 'x', timeoutMs: Number.POSITIVE_INFINITY }), RangeError, 'but is Infinity'],
  [
    making(new Redis({ lazyConnect: true, keyPrefix: '{a}' }), { namespace: 'x' }),
    RangeError,
    'keyPrefix must have no brace',
  ],
  [
    making(new Cluster([], { lazyConnect: true, redisOptions: { keyPrefix: 'a}' } }), { namespace: 'x' }),
    RangeError,
    '"a}"',
  ],
  [
    making(Object.assign(new Redis({ lazyConnect: true }), { options: { keyPrefix: 7 } }), { namespace: 'x' }),
    TypeError,
    '7',
  ],
])('refuses what cannot be, %#', (make, type, message) => {
  expect(make).toThrow(type);
  expect(make).toThrow(message);
});

it('takes undefined for absent, and touches nothing yet', async () => {
  const storage = new RedisStorage(client, { namespace: 'x', idleTtlMs: undefined, timeoutMs: undefined });
  await storage.close();
  expect(client.status).toBe('wait');
});

it('has errors that tell what they are', () => {
  const cause = new Error('cause');
  const error = new RedisStorageError('message', { reason: 'timeout', mayHaveBeenApplied: true, cause });
  expect(error).toMatchObject({ name: 'RedisStorageError', code: 'ERR_REDIS_STORAGE', message: 'message', cause });
  expect(error).toBeInstanceOf(Error);
});
