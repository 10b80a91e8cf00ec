import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { type CircuitBreaker, CircuitOpenError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { setUp } from '../set-up.js';

interface Repository {
  find(id: string): Promise<string>;
  list(to: number): Iterable<string>;
  stream(to: number): AsyncIterable<string>;
  fail(): Promise<never>;
}

interface RepositoryClass {
  new (): Repository;
  make(): Promise<Repository>;
}

const SOURCE = `
  function make(breaker) {
    class Repository {
      prefix = 'order-'
      @breaker.guard
      async find(id: string) {
        return this.prefix + id
      }
      @breaker.guard
      *list(to: number) {
        for (let id = 1; id <= to; id += 1) yield this.prefix + id
      }
      @breaker.guard
      async *stream(to: number) {
        for (let id = 1; id <= to; id += 1) yield this.prefix + id
      }
      @breaker.guard
      async fail() {
        throw new Error('down')
      }
      @breaker.guard
      static async make() {
        return new Repository()
      }
    }
    return Repository
  }
`;

/** The class of the source above, its decorators turned into code by the compiler. */
function compile(breaker: CircuitBreaker, experimentalDecorators: boolean): RepositoryClass {
  const { outputText } = ts.transpileModule(SOURCE, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, experimentalDecorators },
  });
  const make = new Function(`${outputText}\nreturn make`)() as (given: CircuitBreaker) => RepositoryClass;
  return make(breaker);
}

for (const [kind, legacy] of [
  ['standard', false],
  ['legacy', true],
] as const) {
  describe(`@breaker.guard, compiled as a ${kind} decorator`, () => {
    it('guards methods of all kinds', async () => {
      const { breaker } = setUp();
      const repository = await compile(breaker, legacy).make();
      expect(await repository.find('7')).toBe('order-7');
      expect([...repository.list(2)]).toEqual(['order-1', 'order-2']);
      const seen: string[] = [];
      for await (const item of repository.stream(2)) {
        seen.push(item);
      }
      expect(seen).toEqual(['order-1', 'order-2']);
      expect(repository.find.name).toBe('find');
      expect(repository.find.length).toBe(1);
      expect(breaker.counts).toMatchObject({ calls: 4, successes: 4 });
    });

    it('rejects while the circuit is open', async () => {
      const { breaker } = setUp({ failureThreshold: 1 });
      const repository = new (compile(breaker, legacy))();
      await rejectionOf(repository.fail());
      expect(breaker.state).toBe('open');
      expect(await rejectionOf(repository.find('1'))).toBeInstanceOf(CircuitOpenError);
    });
  });
}
