import { bringRedis } from './bring-redis.js';
import type { FoundRedis } from './found-redis.js';
import { reachRedis } from './reach-redis.js';

/**
 * Finds the Redis at `REDIS_URL`, or brings one along.
 *
 * @param tell - is told what takes its time
 * @throws NoRedisError
 */
export function findRedis(tell: (news: string) => void): Promise<FoundRedis> {
  const url = process.env.REDIS_URL ?? '';
  return url === '' ? bringRedis(tell) : reachRedis(url);
}
