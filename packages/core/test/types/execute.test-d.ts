import { expectTypeOf, test } from 'vitest';
import type { CallContext, CircuitBreaker } from '../../src/index.js';

declare const breaker: CircuitBreaker;

test('execute gives what the function gives, awaited', () => {
  expectTypeOf(breaker.execute(async () => 1)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(breaker.execute(() => 'now')).toEqualTypeOf<Promise<string>>();
  expectTypeOf(breaker.execute(() => Promise.resolve(Promise.resolve(true)))).toEqualTypeOf<Promise<boolean>>();
  expectTypeOf(breaker.execute(() => ({}) as PromiseLike<Date>)).toEqualTypeOf<Promise<Date>>();
  expectTypeOf(breaker.execute(async () => {})).toEqualTypeOf<Promise<void>>();
});

test('the function is given a context with a signal', () => {
  breaker.execute((context) => {
    expectTypeOf(context).toEqualTypeOf<CallContext>();
    expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
  });
  expectTypeOf(breaker.execute(({ signal }) => fetch('/', { signal }))).toEqualTypeOf<Promise<Response>>();
});

test('a fallback adds its own type', () => {
  expectTypeOf(breaker.execute(async () => 1, { fallback: () => null })).toEqualTypeOf<Promise<number | null>>();
  expectTypeOf(breaker.execute(async () => 1, { fallback: async () => 'x' })).toEqualTypeOf<Promise<number | string>>();
  expectTypeOf(breaker.execute(async () => 1, { fallback: () => 2 })).toEqualTypeOf<Promise<number>>();
  breaker.execute(async () => 1, { fallback: (error) => expectTypeOf(error).toEqualTypeOf<unknown>() });
});

test('options may be undefined', () => {
  const { signal } = {} as { signal: AbortSignal | undefined };
  expectTypeOf(breaker.execute(async () => 1, undefined)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(breaker.execute(async () => 1, { signal, fallback: undefined })).toEqualTypeOf<Promise<number>>();
  breaker.acquire({ signal });
  breaker.executeSync(() => 1, { fallback: undefined });
});

test('what is no option, or no signal, is refused', () => {
  // @ts-expect-error an unknown option
  breaker.execute(async () => 1, { timeout: 5 });
  // @ts-expect-error no signal
  breaker.execute(async () => 1, { signal: new AbortController() });
  // @ts-expect-error no function
  breaker.execute(Promise.resolve(1));
});

test('executeSync gives what the function gives', () => {
  expectTypeOf(breaker.executeSync(() => 1)).toEqualTypeOf<number>();
  expectTypeOf(breaker.executeSync(() => 1, { fallback: () => 'x' })).toEqualTypeOf<number | string>();
  // @ts-expect-error a synchronous call has no signal
  breaker.executeSync(() => 1, { signal: new AbortController().signal });
});
