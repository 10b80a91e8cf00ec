import { describe } from 'vitest';

/** Tests that need a Redis server; `WITHOUT_REDIS=1` leaves them out, and they are reported as skipped. */
export const describeOnRedis: typeof describe.skip = describe.skipIf(process.env.WITHOUT_REDIS === '1');
