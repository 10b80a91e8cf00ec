import { expectTypeOf, test } from 'vitest';
import type { CircuitBreaker } from '../../src/index.js';

declare const breaker: CircuitBreaker;

test('guard decorates methods whose outcome comes later', () => {
  class Repository {
    @breaker.guard
    async find(id: string): Promise<string> {
      return id;
    }

    @breaker.guard
    *list(): Generator<number> {
      yield 1;
    }

    @breaker.guard
    static async connect(): Promise<void> {}

    @breaker.guard
    async *pages(size: number): AsyncGenerator<number[]> {
      yield [size];
    }
  }
  expectTypeOf(new Repository().find).toEqualTypeOf<(id: string) => Promise<string>>();
  expectTypeOf(new Repository().list()).toEqualTypeOf<Generator<number>>();
});

test('guard refuses a plain synchronous method', () => {
  class Repository {
    // @ts-expect-error it gives a number at once
    @breaker.guard
    count(): number {
      return 1;
    }
  }
  expectTypeOf(new Repository().count).toEqualTypeOf<() => number>();
});

test('guard refuses what is no method', () => {
  class Repository {
    // @ts-expect-error a field
    @breaker.guard
    find = async (): Promise<number> => 1;
  }
  expectTypeOf(new Repository().find).toEqualTypeOf<() => Promise<number>>();
});

test('guard takes what the legacy form gives: a target, a key and a descriptor', () => {
  const descriptor: TypedPropertyDescriptor<(id: string) => Promise<number>> = {};
  expectTypeOf(breaker.guard({}, 'find', descriptor)).toEqualTypeOf<typeof descriptor>();
  const plain: TypedPropertyDescriptor<() => number> = {};
  // @ts-expect-error it gives a number at once
  breaker.guard({}, 'count', plain);
});
