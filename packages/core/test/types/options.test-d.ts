import { expectTypeOf, test } from 'vitest';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  CircuitBreakerRegistry,
  type CircuitOpenError,
  type CircuitTimeoutError,
  type CircuitTrippedError,
  consecutiveFailures,
  exponentialBackoff,
  failureCount,
  failureRate,
  lastCalls,
  type Permit,
  type TripPolicy,
} from '../../src/index.js';

class NotFound extends Error {
  constructor(readonly id: number) {
    super(`no ${id}`);
  }
}

test('every option accepts undefined', () => {
  expectTypeOf<{ [Key in keyof CircuitBreakerOptions]-?: undefined }>().toExtend<CircuitBreakerOptions>();
});

test('exclude and ignore take classes and predicates, mixed', () => {
  new CircuitBreaker('orders', {
    exclude: [NotFound, TypeError, DOMException, (error) => expectTypeOf(error).toEqualTypeOf<unknown>()],
    ignore: [(error) => error instanceof NotFound && error.id === 404],
  });
});

test('trip takes every policy that is supplied, and one of the user’s own', () => {
  const everyOther: TripPolicy<{ failures: number }> = {
    key: 'every-other',
    initial: () => ({ failures: 0 }),
    record: (memory, tally) => ({ failures: memory.failures + tally.failures }),
    trips: (memory) => memory.failures > 1,
  };
  const policies = [
    consecutiveFailures(3),
    failureRate({ threshold: 0.5, windowMs: 10_000, slowCallMs: undefined }),
    failureCount({ threshold: 5, windowMs: 10_000 }),
    lastCalls({ size: 10, threshold: 0.5 }),
    everyOther,
  ];
  for (const trip of policies) new CircuitBreaker('orders', { trip });
});

test('resetTimeoutMs takes a number, or a function of the trips', () => {
  new CircuitBreaker('orders', { resetTimeoutMs: 1_000 });
  new CircuitBreaker('orders', { resetTimeoutMs: (trips, random) => trips * random() });
  new CircuitBreaker('orders', { resetTimeoutMs: exponentialBackoff({ initialMs: 1_000, maxMs: 60_000 }) });
});

test('a clock may have handles of its own', () => {
  const clock = {
    now: () => 0,
    setTimeout: (run: () => void, ms: number): NodeJS.Timeout => setTimeout(run, ms),
    clearTimeout: (handle: NodeJS.Timeout) => clearTimeout(handle),
  };
  new CircuitBreaker('orders', { clock });
});

test('resolved options make another breaker', () => {
  const breaker = new CircuitBreaker('orders');
  expectTypeOf(breaker.options).toExtend<CircuitBreakerOptions>();
  expectTypeOf(breaker.options.maxTrials).toEqualTypeOf<number>();
  breaker.configure({ failureThreshold: 10, timeoutMs: undefined });
  // @ts-expect-error it stays as it is
  breaker.configure({ clock: breaker.options.clock });
});

test('errors have their facts', () => {
  expectTypeOf<CircuitOpenError['code']>().toEqualTypeOf<'ERR_CIRCUIT_OPEN'>();
  expectTypeOf<CircuitOpenError['retryAfterMs']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<CircuitTimeoutError['timeoutMs']>().toEqualTypeOf<number>();
  expectTypeOf<CircuitTrippedError['name']>().toEqualTypeOf<'CircuitTrippedError'>();
});

test('a permit can be used, and settles to a verdict', () => {
  expectTypeOf<Permit>().toExtend<Disposable>();
  expectTypeOf<ReturnType<Permit['settle']>>().toEqualTypeOf<'success' | 'failure' | 'ignore'>();
});

test('a registry takes options, or a function that gives them', () => {
  new CircuitBreakerRegistry({ maxTrials: 2 }, { maxSize: 10 });
  const registry = new CircuitBreakerRegistry((name) => ({ failureThreshold: name.length }));
  for (const breaker of registry) expectTypeOf(breaker).toEqualTypeOf<CircuitBreaker>();
});
