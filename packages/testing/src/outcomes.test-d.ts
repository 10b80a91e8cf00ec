import { CircuitBreaker } from '@breaker/core';
import { expectTypeOf, it } from 'vitest';
import { outcomes, outcomesSync } from './outcomes.js';

it('knows what comes of a script', () => {
  const mixed = outcomes('ok', new TypeError(), async (n: number) => n);
  expectTypeOf(mixed).returns.toEqualTypeOf<Promise<string | number>>();
  expectTypeOf(outcomesSync(new Error(), true)).returns.toEqualTypeOf<boolean>();
  expectTypeOf(mixed.calls).toEqualTypeOf<number>();
});

it('is what a breaker can guard', () => {
  const breaker = new CircuitBreaker('orders');
  expectTypeOf(breaker.execute(outcomes('ok'))).toEqualTypeOf<Promise<string>>();
  expectTypeOf(breaker.executeSync(outcomesSync(1))).toEqualTypeOf<number>();
  expectTypeOf(breaker.wrap(outcomes('ok'))('any', 'arguments')).toEqualTypeOf<Promise<string>>();
});
