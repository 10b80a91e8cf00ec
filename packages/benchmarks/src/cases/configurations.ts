import { type CircuitBreakerOptions, failureCount, failureRate, lastCalls, MemoryStorage } from '@breaker/core';

const ignore = (): void => undefined;

/** Eight breakers as different as can be: policies, listeners, time-outs, judges, a storage. */
export const configurations: Readonly<Record<string, CircuitBreakerOptions>> = {
  defaults: {},
  'failure rate': { trip: failureRate({ threshold: 0.5, windowMs: 10_000 }) },
  'failure count': { trip: failureCount({ threshold: 4, windowMs: 10_000 }) },
  'last calls': { trip: lastCalls({ size: 100, threshold: 0.5 }) },
  'two listeners': { listeners: [{ onStateChange: ignore }, { onFailure: ignore, onReject: ignore }] },
  'time-out': { timeoutMs: 10_000 },
  judges: { exclude: [RangeError], ignore: [SyntaxError], classify: () => undefined },
  storage: { storage: new MemoryStorage() },
};
