import { findServerProgram } from '@breaker/redis-server-for-tests';

/** Finds a server once for all tests: the first time it may have to be downloaded. */
export default async function findRedis(): Promise<void> {
  if (process.env.WITHOUT_REDIS === '1') {
    console.warn('WITHOUT_REDIS=1: all tests that need a Redis server are left out.');
    return;
  }
  const { path } = await findServerProgram();
  console.info(`The tests run on ${path}.`);
}
