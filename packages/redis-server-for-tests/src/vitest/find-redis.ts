import type { TestProject } from 'vitest/node';
import { findServerProgram } from '../find-server-program.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether tests can start servers of their own. */
    readonly canStartServers: boolean;
  }
}

/** Finds a server once for all tests: the first time it may have to be downloaded. */
export default async function findRedis(project: TestProject): Promise<void> {
  project.provide('canStartServers', await canStartServers());
}

async function canStartServers(): Promise<boolean> {
  if (process.env.WITHOUT_REDIS === '1') {
    console.warn('WITHOUT_REDIS=1: all tests that need a Redis server are left out.');
    return false;
  }
  try {
    console.info(`The tests run on ${(await findServerProgram()).path}.`);
    return true;
  } catch (error) {
    if (process.env.REDIS_URL === undefined) throw error;
    console.warn('No Redis server was found to start: only the storage contract is tested, on the one at REDIS_URL.');
    return false;
  }
}
