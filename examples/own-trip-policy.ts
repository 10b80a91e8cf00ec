// A trip policy of one's own: trips when calls have been failing for some time, however many they are.

import { CircuitBreaker, type TripPolicy } from '@breaker/core';

// #region own-trip-policy
interface Memory {
  readonly failingSince: number | null; // JSON-safe: null, and not undefined or Infinity
}

function failingFor(ms: number): TripPolicy<Memory> {
  return {
    key: 'failing-for', // the memory does not depend on `ms`: a new threshold goes on with what is remembered
    windowMs: 60 * ms, // it needs the time, so it says how far back that goes
    initial: () => ({ failingSince: null }),
    record: (memory, tally, now) => {
      if (tally.successes > 0) return { failingSince: null };
      return memory.failingSince === null ? { failingSince: now } : memory;
    },
    trips: ({ failingSince }, now) => failingSince !== null && now - failingSince >= ms,
  };
}

const breaker = new CircuitBreaker('ledger', { trip: failingFor(100) });
// #endregion

const startedAt = Date.now();
while (breaker.state === 'closed') {
  await breaker
    .execute(() => new Promise((_, reject) => setTimeout(reject, 20, new Error('down'))))
    .catch(() => undefined);
}
const { calls } = breaker.counts;
console.log(
  `open after ${calls} failures in a row: ${Date.now() - startedAt >= 100 ? 'at least' : 'less than'} 100 ms`,
);
