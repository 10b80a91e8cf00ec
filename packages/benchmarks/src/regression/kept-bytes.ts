import { CircuitBreaker, failureRate } from '@breaker/core';
import { heapUsed } from '../measure/heap-used.js';

const COUNT = 20_000;

/** What stays in the heap of each: in bytes. */
export async function keptBytes(): Promise<Record<string, number>> {
  const pending = new CircuitBreaker('pending');
  await pending.execute(async () => 1);
  const never = new Promise<number>(() => undefined);
  const wait = async (): Promise<number> => await never;
  return {
    breaker: keptBy(() => new CircuitBreaker('host')),
    'breaker with options': keptBy(() => new CircuitBreaker('host', { maxTrials: 2 })),
    'breaker with a time window': keptBy(windowed),
    'bare pending call': keptBy(wait),
    'pending call': keptBy(() => pending.execute(wait)),
  };
}

function windowed(): CircuitBreaker {
  return new CircuitBreaker('host', { trip: failureRate({ threshold: 0.5, windowMs: 10_000 }) });
}

function keptBy(make: () => unknown): number {
  const kept = new Array<unknown>(COUNT).fill(make());
  const before = heapUsed();
  for (let i = 0; i < COUNT; i++) kept[i] = make();
  const bytes = (heapUsed() - before) / COUNT;
  kept.length = 0;
  return Math.round(bytes);
}
