import { CircuitBreaker, failureRate } from '@breaker/core';

const BREAKERS = 100_000;
const PENDING = 1_000_000;

/** What a breaker weighs, and what a call that is pending weighs over a bare one: bytes, by title. */
export async function weigh(): Promise<[title: string, bytes: number][]> {
  const never = new Promise<number>(() => undefined);
  const breaker = new CircuitBreaker('pending');
  await breaker.execute(async () => 1);
  const wait = async (): Promise<number> => await never;
  return [
    ['a name', heapPer(BREAKERS, (i) => `host-${i}`)],
    ['a breaker and its name', heapPer(BREAKERS, (i) => new CircuitBreaker(`host-${i}`))],
    ['... more once it has been called', await heapPerUsed()],
    ['... with options of its own', heapPer(BREAKERS, (i) => new CircuitBreaker(`host-${i}`, { maxTrials: 2 }))],
    ['... with a time window', heapPer(BREAKERS, makeWindowed)],
    ['... more once it has been called', await heapPerUsed(makeWindowed)],
    ['a pending call, over a bare one', heapPer(PENDING, () => breaker.execute(wait)) - heapPer(PENDING, wait)],
  ];
}

function heapPer(count: number, make: (index: number) => unknown): number {
  const kept = new Array<unknown>(count).fill(undefined);
  const before = heapUsed();
  for (let i = 0; i < count; i++) kept[i] = make(i);
  const bytes = (heapUsed() - before) / count;
  kept.length = 0;
  return Math.round(bytes);
}

function makeWindowed(index: number): CircuitBreaker {
  return new CircuitBreaker(`host-${index}`, { trip: failureRate({ threshold: 0.5, windowMs: 10_000 }) });
}

async function heapPerUsed(make = (index: number) => new CircuitBreaker(`host-${index}`)): Promise<number> {
  const breakers = Array.from({ length: BREAKERS }, (_, index) => make(index));
  const before = heapUsed();
  for (const breaker of breakers) await breaker.execute(async () => 1);
  return Math.round((heapUsed() - before) / breakers.length);
}

function heapUsed(): number {
  for (let i = 0; i < 3; i++) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
