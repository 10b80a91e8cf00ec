import { expectTypeOf, test } from 'vitest';
import type { CircuitBreaker } from '../../src/index.js';

declare const breaker: CircuitBreaker;

test('wrap keeps arguments and results', () => {
  const find = async (id: string, limit = 10): Promise<string[]> => [id, String(limit)];
  expectTypeOf(breaker.wrap(find)).toEqualTypeOf(find);
});

test('wrap keeps generics', () => {
  const wrapped = breaker.wrap(async <T>(value: T): Promise<T> => value);
  expectTypeOf(wrapped(5 as const)).toEqualTypeOf<Promise<5>>();
});

test('wrap keeps overloads of one shape', () => {
  function load(id: string): Promise<string>;
  function load(id: number): Promise<number>;
  async function load(id: string | number): Promise<string | number> {
    return id;
  }
  const wrapped = breaker.wrap(load);
  expectTypeOf(wrapped('a')).toEqualTypeOf<Promise<string>>();
  expectTypeOf(wrapped(1)).toEqualTypeOf<Promise<number>>();
});

test('wrap keeps this', () => {
  const wrapped = breaker.wrap(async function (this: { base: string }, path: string) {
    return this.base + path;
  });
  expectTypeOf(wrapped).thisParameter.toEqualTypeOf<{ base: string }>();
});

test('wrap keeps the types of generators', () => {
  const numbers = breaker.wrap(function* (): Generator<number, string, boolean> {
    yield 1;
    return 'end';
  });
  expectTypeOf(numbers()).toEqualTypeOf<Generator<number, string, boolean>>();
  const pages = breaker.wrap(async function* (size: number) {
    yield [size];
  });
  expectTypeOf(pages).parameters.toEqualTypeOf<[size: number]>();
  for (const page of [pages(1)]) expectTypeOf(page.next()).resolves.toMatchTypeOf<IteratorResult<number[], void>>();
});

test('wrap makes a true promise of a promise-like', () => {
  const query = (table: string): PromiseLike<number> => Promise.resolve(table.length);
  expectTypeOf(breaker.wrap(query)).toEqualTypeOf<(table: string) => Promise<number>>();
});

test('wrap refuses plain synchronous functions', () => {
  // @ts-expect-error it gives a number at once
  breaker.wrap(() => 1);
  // @ts-expect-error it may give a number at once
  breaker.wrap((): number | Promise<number> => 1);
});

test('wrapSync is for them', () => {
  const parse = (text: string): number => Number(text);
  expectTypeOf(breaker.wrapSync(parse)).toEqualTypeOf(parse);
  expectTypeOf(breaker.wrapSync(<T>(value: T): T => value)('x' as const)).toEqualTypeOf<'x'>();
});

test('a generator that is written on the spot can be iterated', () => {
  const numbers = breaker.wrap(function* () {
    yield 1;
  });
  expectTypeOf([...numbers()]).toEqualTypeOf<number[]>();
});
