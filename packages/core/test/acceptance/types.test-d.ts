import { describe, expectTypeOf, it } from 'vitest';
import { CircuitBreaker, type CircuitBreakerOptions } from '../../src/index.js';

const breaker = new CircuitBreaker('orders');

interface Order {
  readonly id: string;
}

describe('execute', () => {
  it('gives what the call gives', () => {
    expectTypeOf(breaker.execute(async () => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(breaker.execute(() => 'value')).toEqualTypeOf<Promise<string>>();
    expectTypeOf(breaker.executeSync(() => 'value')).toEqualTypeOf<string>();
  });

  it('gives what the fallback gives, too', () => {
    expectTypeOf(breaker.execute(async () => 1, { fallback: () => 'spare' })).toEqualTypeOf<Promise<number | string>>();
    expectTypeOf(breaker.execute(async () => 1, { fallback: async () => null })).toEqualTypeOf<
      Promise<number | null>
    >();
    expectTypeOf(breaker.executeSync(() => 1, { fallback: () => 'spare' })).toEqualTypeOf<number | string>();
  });

  it('hands over a signal', () => {
    void breaker.execute(({ signal }) => {
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    });
  });
});

describe('wrap', () => {
  it('keeps arguments and what is given', () => {
    const original = async (id: string, version?: number): Promise<Order> => ({ id: `${id}${version}` });
    const find = breaker.wrap(original);
    expectTypeOf(find).parameters.toEqualTypeOf<Parameters<typeof original>>();
    expectTypeOf(find('1')).toEqualTypeOf<Promise<Order>>();
  });

  it('keeps generics', () => {
    const same = breaker.wrap(async <Value>(value: Value): Promise<Value> => value);
    expectTypeOf(same('text' as string)).toEqualTypeOf<Promise<string>>();
  });

  it('keeps generators written on the spot iterable', () => {
    const items = breaker.wrap(function* () {
      yield 1;
    });
    const seen: number[] = [...items()];
    for (const item of items()) {
      expectTypeOf(item).toEqualTypeOf<number>();
    }
    items().next();
    const stream = breaker.wrap(async function* () {
      yield 1;
    });
    const read = async (): Promise<void> => {
      for await (const item of stream()) {
        expectTypeOf(item).toEqualTypeOf<number>();
      }
    };
    void [seen, read];
  });

  it('keeps generators with types of their own', () => {
    function* talk(first: string): Generator<string, number, boolean> {
      const answer = yield first;
      return answer ? 1 : 0;
    }
    expectTypeOf(breaker.wrap(talk)).toEqualTypeOf<(first: string) => Generator<string, number, boolean>>();
  });

  it('refuses plain sync functions', () => {
    // @ts-expect-error a plain sync function is for wrapSync
    breaker.wrap(() => 1);
    expectTypeOf(breaker.wrapSync((id: number) => `${id}`)).toEqualTypeOf<(id: number) => string>();
  });
});

describe('options', () => {
  it('may be undefined', () => {
    const options: CircuitBreakerOptions = { timeoutMs: undefined, classify: undefined, trip: undefined };
    void options;
  });

  it('show a classifier what it can tell apart', () => {
    void new CircuitBreaker('orders', {
      classify: (outcome) => {
        if (outcome.threw) {
          expectTypeOf(outcome).toHaveProperty('error');
          expectTypeOf(outcome).not.toHaveProperty('value');
        } else {
          expectTypeOf(outcome).toHaveProperty('value');
        }
        return undefined;
      },
    });
  });
});

describe('events', () => {
  it('are told apart by their type', () => {
    breaker.addListener({
      onEvent: (event) => {
        if (event.type === 'state-change') {
          expectTypeOf(event.to).toEqualTypeOf<'closed' | 'open' | 'half-open' | 'isolated' | 'disabled'>();
        }
        if (event.type === 'reject') {
          expectTypeOf(event.reason).toEqualTypeOf<'open' | 'trial-limit' | 'isolated'>();
        }
        if (event.type === 'success') {
          expectTypeOf(event.durationMs).toEqualTypeOf<number>();
        }
      },
    });
  });
});
