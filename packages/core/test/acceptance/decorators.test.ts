import { describe, expect, it } from 'vitest';
import { CircuitOpenError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { fail } from '../drive.js';
import { setUp } from '../set-up.js';

type Method = (this: never, ...given: never[]) => unknown;
type StandardDecorator = (value: Method, context: ClassMethodDecoratorContext) => Method | undefined;
type LegacyDecorator = (
  target: object,
  key: PropertyKey,
  descriptor: PropertyDescriptor,
) => PropertyDescriptor | undefined;

/** Applies a standard decorator to a method, as a compiler does. */
function decorate(
  guard: unknown,
  target: object,
  name: PropertyKey,
  settings: { static?: boolean; private?: boolean } = {},
): void {
  const value = Reflect.get(target, name) as Method;
  const context = {
    kind: 'method',
    name,
    static: settings.static ?? false,
    private: settings.private ?? false,
    access: { has: () => true, get: () => value },
    addInitializer: () => undefined,
    metadata: {},
  };
  const replaced = (guard as StandardDecorator)(value, context as unknown as ClassMethodDecoratorContext);
  Object.defineProperty(target, name, {
    value: replaced ?? value,
    writable: true,
    configurable: true,
    enumerable: false,
  });
}

/** Applies a decorator of the legacy kind to a method, as a compiler does. */
function decorateLegacy(guard: unknown, target: object, name: PropertyKey): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name);
  if (descriptor === undefined) {
    throw new Error(`no method ${String(name)}`);
  }
  Object.defineProperty(target, name, (guard as LegacyDecorator)(target, name, descriptor) ?? descriptor);
}

for (const [kind, apply] of [
  ['standard', decorate],
  ['legacy', decorateLegacy],
] as const) {
  describe(`guard as a ${kind} decorator`, () => {
    it('guards an async method and keeps this, arguments, name and length', async () => {
      const { breaker } = setUp();
      class Repository {
        readonly #prefix = 'order-';
        async find(id: string, _version: number): Promise<string> {
          return `${this.#prefix}${id}`;
        }
      }
      apply((...given: unknown[]) => Reflect.apply(breaker.guard, breaker, given), Repository.prototype, 'find');
      const repository = new Repository();
      expect(await repository.find('1', 2)).toBe('order-1');
      expect(repository.find.name).toBe('find');
      expect(repository.find.length).toBe(2);
      expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
    });

    it('has one circuit for all instances', async () => {
      const { breaker } = setUp({ failureThreshold: 2 });
      class Repository {
        async find(): Promise<string> {
          throw new Error('down');
        }
      }
      apply((...given: unknown[]) => Reflect.apply(breaker.guard, breaker, given), Repository.prototype, 'find');
      await rejectionOf(new Repository().find());
      await rejectionOf(new Repository().find());
      expect(await rejectionOf(new Repository().find())).toBeInstanceOf(CircuitOpenError);
      expect(breaker.counts).toMatchObject({ calls: 3, failures: 2, rejected: 1 });
    });

    it('guards generator methods', async () => {
      const { breaker } = setUp();
      class Repository {
        readonly #ids = [1, 2];
        *list(): Generator<number, string, undefined> {
          yield* this.#ids;
          return 'end';
        }
        async *stream(): AsyncGenerator<number, string, undefined> {
          yield* this.#ids;
          return 'end';
        }
      }
      const guard = (...given: unknown[]): unknown => Reflect.apply(breaker.guard, breaker, given);
      apply(guard, Repository.prototype, 'list');
      apply(guard, Repository.prototype, 'stream');
      const repository = new Repository();
      expect([...repository.list()]).toEqual([1, 2]);
      const seen: number[] = [];
      for await (const id of repository.stream()) {
        seen.push(id);
      }
      expect(seen).toEqual([1, 2]);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
    });

    it('guards static methods, and methods named by a symbol', async () => {
      const { breaker } = setUp();
      const find = Symbol('find');
      class Repository {
        static prefix = 'order-';
        static async make(id: number): Promise<string> {
          return `${this.prefix}${id}`;
        }
        async [find](): Promise<number> {
          return 1;
        }
      }
      const guard = (...given: unknown[]): unknown => Reflect.apply(breaker.guard, breaker, given);
      apply(guard, Repository, 'make');
      apply(guard, Repository.prototype, find);
      expect(await Repository.make(3)).toBe('order-3');
      expect(await new Repository()[find]()).toBe(1);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
    });
  });
}

describe('guard as a legacy decorator', () => {
  it('keeps what the descriptor says', () => {
    const { breaker } = setUp();
    for (const flags of [
      { writable: true, enumerable: false, configurable: true },
      { writable: false, enumerable: true, configurable: false },
    ]) {
      const descriptor = { value: async () => 1, ...flags };
      const result = (breaker.guard as unknown as LegacyDecorator).call(breaker, {}, 'find', descriptor) ?? descriptor;
      expect(result).toMatchObject(flags);
      expect(typeof result.value).toBe('function');
    }
  });

  it('refuses what is no method, before anything changes', () => {
    const { breaker } = setUp();
    const guard = breaker.guard as unknown as LegacyDecorator;
    const descriptors: unknown[] = [{ get: () => 1, configurable: true }, { value: 5 }, undefined, null];
    for (const descriptor of descriptors) {
      expect(() => guard.call(breaker, {}, 'find', descriptor as PropertyDescriptor)).toThrow(TypeError);
    }
  });
});

describe('guard as a standard decorator', () => {
  it('refuses what is no method', () => {
    const { breaker } = setUp();
    const guard = breaker.guard as unknown as (value: unknown, context: unknown) => unknown;
    for (const kind of ['class', 'field', 'getter', 'setter', 'accessor']) {
      const value = kind === 'field' ? undefined : () => 1;
      expect(() => guard.call(breaker, value, { kind, name: 'find', static: false, private: false })).toThrow(
        TypeError,
      );
    }
  });

  it('obeys the circuit of its breaker, live', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    class Repository {
      async find(): Promise<string> {
        return 'value';
      }
    }
    decorate((...given: unknown[]) => Reflect.apply(breaker.guard, breaker, given), Repository.prototype, 'find');
    const repository = new Repository();
    await fail(breaker);
    expect(await rejectionOf(repository.find())).toBeInstanceOf(CircuitOpenError);
    clock.advance(1_000);
    expect(await repository.find()).toBe('value');
    expect(breaker.state).toBe('closed');
  });
});

describe('wrap', () => {
  it('keeps this, arguments, name and length', async () => {
    const { breaker } = setUp();
    const repository = {
      prefix: 'order-',
      find: breaker.wrap(async function find(this: { prefix: string }, id: string, _version: number): Promise<string> {
        return `${this.prefix}${id}`;
      }),
    };
    expect(await repository.find('1', 2)).toBe('order-1');
    expect(repository.find.name).toBe('find');
    expect(repository.find.length).toBe(2);
  });

  it('guards functions that return promises without being async', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const error = new Error('down');
    const find = breaker.wrap((id: number): Promise<number> => (id > 0 ? Promise.resolve(id) : Promise.reject(error)));
    expect(await find(3)).toBe(3);
    expect(await rejectionOf(find(0))).toBe(error);
    expect(await rejectionOf(find(0))).toMatchObject({ name: 'CircuitTrippedError', cause: error });
    expect(await rejectionOf(find(3))).toBeInstanceOf(CircuitOpenError);
    expect(breaker.counts).toMatchObject({ calls: 4, successes: 1, failures: 2, rejected: 1 });
  });

  it('rejects, and does not throw, what such a function throws in the same turn', async () => {
    const { breaker } = setUp();
    const error = new Error('down');
    const find = breaker.wrap((): Promise<number> => {
      throw error;
    });
    let seen: Promise<number> | undefined;
    expect(() => {
      seen = find();
    }).not.toThrow();
    expect(await rejectionOf(seen as Promise<number>)).toBe(error);
    expect(breaker.counts.failures).toBe(1);
  });

  it('refuses what is no function', () => {
    const { breaker } = setUp();
    for (const value of ['text', 5, null, undefined, {}, Promise.resolve(1)]) {
      expect(() => breaker.wrap(value as never)).toThrow(TypeError);
      expect(() => breaker.wrapSync(value as never)).toThrow(TypeError);
    }
  });

  it('hands every call its own arguments', async () => {
    const { breaker } = setUp();
    const seen: unknown[][] = [];
    const record = breaker.wrap(async (...given: unknown[]) => {
      seen.push(given);
    });
    await record();
    await record(1, undefined, { a: 1 });
    expect(seen).toEqual([[], [1, undefined, { a: 1 }]]);
  });
});
