import type { Clock } from '@breaker/core';

/** Looks its functions up at every use, so that a test runner's fake timers reach it. */
export const systemClock: Clock = {
  now: () => performance.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};
