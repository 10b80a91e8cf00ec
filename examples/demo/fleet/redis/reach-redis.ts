import { Redis } from 'ioredis';
import { type FoundRedis, NoRedisError } from './found-redis.js';

const PATIENCE_MS = 3_000;

/** @throws NoRedisError */
export async function reachRedis(url: string): Promise<FoundRedis> {
  const reasons: unknown[] = [];
  let client: Redis | undefined;
  try {
    const { host } = new URL(url);
    client = new Redis(url, { retryStrategy: () => null, connectTimeout: PATIENCE_MS, commandTimeout: PATIENCE_MS });
    client.on('error', (error) => reasons.push(error));
    await client.ping();
    return { url, place: host, close: () => {} };
  } catch (error) {
    // What became of the connection says more than what became of the command.
    const [reason = error] = reasons;
    throw new NoRedisError(
      `No Redis answers at REDIS_URL (${reason}).\nStart it, or unset REDIS_URL: then the demo brings its own.`,
    );
  } finally {
    client?.disconnect();
  }
}
