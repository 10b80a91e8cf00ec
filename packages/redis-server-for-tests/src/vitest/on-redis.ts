import { describe, inject } from 'vitest';
import type {} from './find-redis.js'; // it declares what is injected

/** Tests that start servers; where none can be started, or `WITHOUT_REDIS=1`, they are left out, and reported as skipped. */
export const describeOnRedis: typeof describe.skip = describe.skipIf(!inject('canStartServers'));
