import { expect, it } from 'vitest';

// Imported by the test itself: a fault that shows while the modules load then fails a test, and not only a file.
it('exports what the contract names, and no more', async () => {
  expect(Object.keys(await import('./index.js')).sort()).toEqual([
    'CircuitBreaker',
    'CircuitBreakerError',
    'CircuitBreakerRegistry',
    'CircuitOpenError',
    'CircuitStorageError',
    'CircuitTimeoutError',
    'CircuitTrippedError',
    'MemoryStorage',
    'consecutiveFailures',
    'exponentialBackoff',
    'failureCount',
    'failureRate',
    'lastCalls',
    'shareOutcomes',
    'shareTrips',
  ]);
});
