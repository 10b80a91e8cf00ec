import { CircuitBreaker, type CircuitBreakerOptions, type Clock, failureRate, MemoryStorage } from '@breaker/core';
import { answer, fail } from '../cases/calls.js';

export interface HotPath {
  readonly name: string;
  /** Makes what is measured; its breakers go by that clock. */
  make(clock: Clock): Promise<() => unknown> | (() => unknown);
}

const never = Number.MAX_SAFE_INTEGER;
const windowed: CircuitBreakerOptions = { trip: failureRate({ threshold: 1, windowMs: 600_000, minimumCalls: never }) };
const value = (): number => 42;

/** What applications run all the time, and what must therefore not become dearer unnoticed. */
export const hotPaths: readonly HotPath[] = [
  { name: 'bare success', make: () => answer },
  { name: 'bare failure', make: () => caught(fail) },
  { name: 'success', make: through({}, answer) },
  { name: 'success, time window', make: through(windowed, answer) },
  { name: 'success, time-out', make: through({ timeoutMs: 10_000 }, answer) },
  { name: 'success, listener to states', make: through({ listeners: [{ onStateChange: () => undefined }] }, answer) },
  { name: 'success, listener to successes', make: through({ listeners: [{ onSuccess: () => undefined }] }, answer) },
  { name: 'success, classify', make: through({ classify: () => undefined }, answer) },
  { name: 'success, shared', make: shared },
  { name: 'success, wrapped', make: (clock) => new CircuitBreaker('wrapped', { clock }).wrap(answer) },
  { name: 'success, executeSync', make: synchronous },
  { name: 'success, permit', make: permit },
  { name: 'failure', make: (clock) => caught(through({ failureThreshold: never }, fail)(clock)) },
  { name: 'failure, time window', make: (clock) => caught(through(windowed, fail)(clock)) },
  { name: 'rejection', make: rejection },
  { name: 'trip and trial', make: cycle },
];

function through(options: CircuitBreakerOptions, call: () => Promise<number>): (clock: Clock) => () => Promise<number> {
  return (clock) => {
    const breaker = new CircuitBreaker('hot', { ...options, clock });
    return () => breaker.execute(call);
  };
}

function caught(call: () => Promise<number>): () => Promise<void> {
  return async () => {
    try {
      await call();
    } catch {}
  };
}

async function shared(clock: Clock): Promise<() => Promise<number>> {
  const breaker = new CircuitBreaker('shared', { storage: new MemoryStorage({ clock }), clock });
  await breaker.ready();
  return () => breaker.execute(answer);
}

function synchronous(clock: Clock): () => number {
  const breaker = new CircuitBreaker('sync', { clock });
  return () => breaker.executeSync(value);
}

function permit(clock: Clock): () => Promise<void> {
  const breaker = new CircuitBreaker('permits', { clock });
  return async () => (await breaker.acquire()).succeed();
}

async function rejection(clock: Clock): Promise<() => Promise<void>> {
  const breaker = new CircuitBreaker('open', { clock });
  await breaker.open();
  return caught(() => breaker.execute(answer));
}

function cycle(clock: Clock): () => Promise<void> {
  const breaker = new CircuitBreaker('cycle', { failureThreshold: 1, resetTimeoutMs: 0, clock });
  const failed = caught(() => breaker.execute(fail));
  return async () => {
    await failed();
    await breaker.execute(answer);
  };
}
