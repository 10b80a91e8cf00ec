import { CircuitBreaker, failureRate } from '@breaker/core';

const BREAKERS = 100_000;
const PENDING = 1_000_000;

/** What a breaker weighs, and what a call that is pending weighs over a bare one: bytes, by title. */
export async function weigh(): Promise<Map<string, number>> {
  const never = new Promise<number>(() => undefined);
  const breaker = new CircuitBreaker('pending');
  await breaker.execute(async () => 1);
  const wait = async (): Promise<number> => await never;
  return new Map([
    ['a breaker', heapPer(BREAKERS, (i) => new CircuitBreaker(`host-${i}`))],
    ['a breaker that has been called', await heapPerUsed()],
    ['a breaker with options of its own', heapPer(BREAKERS, (i) => new CircuitBreaker(`host-${i}`, { maxTrials: 2 }))],
    ['a breaker with a time window', await heapPerWindowed()],
    ['a pending call', heapPer(PENDING, () => breaker.execute(wait)) - heapPer(PENDING, wait)],
  ]);
}

function heapPer(count: number, make: (index: number) => unknown): number {
  const kept = new Array<unknown>(count).fill(undefined);
  const before = heapUsed();
  for (let i = 0; i < count; i++) kept[i] = make(i);
  const bytes = (heapUsed() - before) / count;
  kept.length = 0;
  return Math.round(bytes);
}

async function heapPerUsed(): Promise<number> {
  const breakers = Array.from({ length: BREAKERS }, (_, i) => new CircuitBreaker(`host-${i}`));
  const before = heapUsed();
  for (const breaker of breakers) await breaker.execute(async () => 1);
  return Math.round((heapUsed() - before) / BREAKERS);
}

async function heapPerWindowed(): Promise<number> {
  const make = (i: number) => new CircuitBreaker(`host-${i}`, { trip: failureRate({ threshold: 0.5, windowMs: 10_000 }) });
  const kept = new Array<CircuitBreaker | undefined>(BREAKERS).fill(undefined);
  const before = heapUsed();
  for (let i = 0; i < BREAKERS; i++) {
    const breaker = make(i);
    kept[i] = breaker;
    await breaker.execute(async () => 1);
  }
  return Math.round((heapUsed() - before) / kept.length);
}

function heapUsed(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
