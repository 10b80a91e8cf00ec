import { findServerProgram } from '@breaker/redis-server-for-tests';
import { describe } from 'vitest';

/** Tests that start Redis servers; where none can be started, or `WITHOUT_REDIS=1`, they are left out, and reported as skipped. */
export const describeOnRedis: typeof describe.skip = describe.skipIf(!(await canStartServers()));

async function canStartServers(): Promise<boolean> {
  if (process.env.WITHOUT_REDIS === '1') return false;
  const isFound = findServerProgram().then(() => true);
  return process.env.REDIS_URL === undefined ? isFound : isFound.catch(() => false);
}
