// What a user's project may write: compiled against the packed packages, by many compilers and in many ways.

import {
  CircuitBreaker,
  CircuitBreakerRegistry,
  type CircuitListener,
  CircuitOpenError,
  type CircuitStorage,
  consecutiveFailures,
  exponentialBackoff,
  failureRate,
  lastCalls,
  MemoryStorage,
  type Permit,
  shareOutcomes,
  type TripPolicy,
} from '@breaker/core';
import { type PinoListener, pinoListener } from '@breaker/listeners-pino';
import { RedisStorage } from '@breaker/redis';
import {
  FakeClock,
  FakeStorage,
  outcomes,
  RecordingListener,
  seededRandom,
  simulateFleet,
  trip,
} from '@breaker/testing';
import { describeStorageContract } from '@breaker/testing/contract';
import { Redis } from 'ioredis';
import { pino } from 'pino';

const listener: CircuitListener = {
  onStateChange: ({ from, to, scope }) => console.log(from, to, scope),
  onEvent: (event) => {
    if (event.type === 'reject') console.log(event.reason, event.retryAfterMs ?? 0);
  },
};

const logged: PinoListener = pinoListener(pino(), { levels: { open: 'error', reject: 'silent' }, summaryMs: 1_000 });

const policies: TripPolicy[] = [
  consecutiveFailures(3) as TripPolicy,
  failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: 100 }) as TripPolicy,
  lastCalls({ size: 10, threshold: 0.5 }) as TripPolicy,
];

const storage: CircuitStorage = new RedisStorage(new Redis({ lazyConnect: true }), { namespace: 'shop' });

export const breaker = new CircuitBreaker('payments', {
  storage,
  sharing: shareOutcomes({ hearingMs: 0 }),
  resetTimeoutMs: exponentialBackoff({ initialMs: 100, maxMs: 1_000 }),
  exclude: [TypeError, (error) => error instanceof RangeError],
  listeners: [listener, logged],
});

export class Shop {
  @breaker.guard
  async pay(amount: number): Promise<string> {
    return `paid ${amount}`;
  }
}

export const pay: (amount: number) => Promise<string> = breaker.wrap(async (amount: number) => `paid ${amount}`);

export async function everything(): Promise<string> {
  const value: string = await breaker.execute(async ({ signal }) => (signal.aborted ? 'no' : 'yes'));
  const permit: Permit = await breaker.acquire();
  permit.succeed();
  breaker.configure({ maxTrials: 2, timeoutMs: undefined });
  for (const one of new CircuitBreakerRegistry({ storage: new MemoryStorage() })) console.log(one.snapshot().state);
  return value;
}

export async function scope(): Promise<void> {
  using permit = await breaker.acquire();
  permit.succeed();
}

export async function tests(): Promise<void> {
  const clock = new FakeClock();
  const recorder = new RecordingListener({ quiet: true });
  const tested = new CircuitBreaker('x', {
    clock,
    random: seededRandom(1),
    storage: new FakeStorage({ clock }),
    listeners: [recorder],
  });
  await trip(tested);
  const played: string = await outcomes('played')();
  const { violations } = await simulateFleet({ seed: 1, steps: 5 });
  console.log(
    played,
    violations.length,
    policies.length,
    recorder.of('state-change').map(({ to }) => to),
  );
  describeStorageContract('mine', () => ({ storage }), { describe: () => {}, it: () => {} });
}

export const isOpen = (error: unknown): number | undefined =>
  error instanceof CircuitOpenError ? error.retryAfterMs : undefined;
