import { CircuitBreaker } from '@breaker/core';
import { RedisStorage } from '@breaker/redis';
import { Redis } from 'ioredis';

export const FAILURE_THRESHOLD = 5;

// All that a process does to share its circuit: it gives its breaker a storage.

export function makeBreaker(namespace: string, pace: number): CircuitBreaker {
  const client = new Redis(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379');
  client.on('error', () => {}); // the breaker tells of its own trouble with Redis
  const storage = new RedisStorage(client, { namespace });

  return new CircuitBreaker('server', {
    storage,
    failureThreshold: FAILURE_THRESHOLD,
    successThreshold: 3,
    resetTimeoutMs: 2_000 * pace,
    trialTimeoutMs: 3_000 * pace,
  });
}

export function askGuarded(breaker: CircuitBreaker, url: string): Promise<string> {
  return breaker.execute(async ({ signal }) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  });
}
