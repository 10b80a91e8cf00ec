import { describe, expect, it } from 'vitest';
import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

const NOTHING = { calls: 0, successes: 0, failures: 0, ignored: 0, rejected: 0, timeouts: 0, slow: 0 };

describe('a generator', () => {
  it('gives what it yields, takes what it is sent, and keeps its return value', () => {
    const { breaker } = setUp();
    const sent: unknown[] = [];
    const talk = breaker.wrap(function* (first: string): Generator<string, number, string> {
      sent.push(yield first);
      sent.push(yield 'second');
      return 7;
    });
    const items = talk('first');
    expect(items.next()).toEqual({ value: 'first', done: false });
    expect(items.next('a')).toEqual({ value: 'second', done: false });
    expect(items.next('b')).toEqual({ value: 7, done: true });
    expect(sent).toEqual(['a', 'b']);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('is settled when iteration ends, not before', () => {
    const { breaker, recorder } = setUp();
    const items = breaker.wrap(function* () {
      yield 1;
      yield 2;
    })();
    items.next();
    items.next();
    expect(breaker.counts.successes).toBe(0);
    expect(recorder.types).toEqual(['before-call']);
    items.next();
    expect(breaker.counts.successes).toBe(1);
    expect(recorder.types).toEqual(['before-call', 'success']);
  });

  it('works in for-of, spread, destructuring and yield*', () => {
    const { breaker } = setUp();
    const count = breaker.wrap(function* (to: number): Generator<number, string, undefined> {
      for (let value = 1; value <= to; value += 1) {
        yield value;
      }
      return 'end';
    });
    expect([...count(3)]).toEqual([1, 2, 3]);
    let last: string | undefined;
    function* outer(): Generator<number, void, undefined> {
      last = yield* count(2);
    }
    expect([...outer()]).toEqual([1, 2]);
    expect(last).toBe('end');
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
    const [first] = count(3);
    expect(first).toBe(1);
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2, ignored: 1 });
  });

  it('that fails counts once, and the consumer sees the error', () => {
    const { breaker } = setUp();
    const error = new Error('down');
    const items = breaker.wrap(function* () {
      yield 1;
      throw error;
    })();
    items.next();
    expect(thrownBy(() => items.next())).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
    expect(items.next()).toEqual({ value: undefined, done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
  });

  it('that trips throws CircuitTrippedError', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    // biome-ignore lint/correctness/useYield: it fails before it yields
    const items = breaker.wrap(function* (): Generator<number> {
      throw error;
    })();
    const seen = thrownBy(() => items.next());
    expect(seen).toBeInstanceOf(CircuitTrippedError);
    expect((seen as CircuitTrippedError).cause).toBe(error);
    expect(breaker.state).toBe('open');
  });

  it('left early is ignored, and its finally runs before the breaker counts', () => {
    const order: string[] = [];
    const { breaker } = setUp({ failureThreshold: 1, listeners: [{ onIgnore: () => void order.push('ignore') }] });
    const items = breaker.wrap(function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        order.push('finally');
      }
    });
    for (const item of items()) {
      expect(item).toBe(1);
      break;
    }
    expect(order).toEqual(['finally', 'ignore']);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0, successes: 0 });
  });

  it('left by return() gives what return() gives', () => {
    const { breaker } = setUp();
    const items = breaker.wrap(function* (): Generator<number, string, undefined> {
      yield 1;
      return 'end';
    })();
    items.next();
    expect(items.return('early')).toEqual({ value: 'early', done: true });
    expect(items.next()).toEqual({ value: undefined, done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
  });

  it('left by an error of its consumer is ignored, and the error passes', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* () {
      yield 1;
    });
    const error = new Error('of the consumer');
    const seen = thrownBy(() => {
      for (const item of items()) {
        throw item === 1 ? error : new Error('unexpected');
      }
    });
    expect(seen).toBe(error);
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('that handles an error thrown into it has not failed', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* (): Generator<string, string, undefined> {
      try {
        yield 'first';
      } catch (error) {
        yield (error as Error).message;
      }
      return 'end';
    })();
    items.next();
    expect(items.throw(new Error('handled'))).toEqual({ value: 'handled', done: false });
    expect(items.next()).toEqual({ value: 'end', done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('that handles an error by ending has succeeded', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* (): Generator<string, string, undefined> {
      try {
        yield 'first';
        return 'not reached';
      } catch {
        return 'handled';
      }
    })();
    items.next();
    expect(items.throw(new Error('down'))).toEqual({ value: 'handled', done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('whose catch and finally run before the breaker counts', () => {
    const order: string[] = [];
    const { breaker } = setUp({ listeners: [{ onFailure: () => void order.push('failure') }] });
    const items = breaker.wrap(function* (): Generator<number> {
      try {
        yield 1;
        throw new Error('down');
      } catch (error) {
        order.push('catch');
        throw error;
      } finally {
        order.push('finally');
      }
    })();
    items.next();
    thrownBy(() => items.next());
    expect(order).toEqual(['catch', 'finally', 'failure']);
  });

  it('that was never iterated holds nothing', async () => {
    const { breaker, clock, recorder } = setUp();
    const make = breaker.wrap(function* () {
      yield 1;
    });
    make();
    expect(make().return(undefined)).toEqual({ value: undefined, done: true });
    expect(breaker.counts).toEqual(NOTHING);
    await breaker.halfOpen();
    recorder.clear();
    make();
    make();
    expect(clock.pending).toBe(0);
    expect(recorder.events).toEqual([]);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('is rejected by an open circuit, and nothing of it runs', async () => {
    const { breaker } = setUp();
    await breaker.open();
    let ran = false;
    const make = breaker.wrap(function* () {
      ran = true;
      yield 1;
    });
    expect(thrownBy(() => [...make()])).toBeInstanceOf(CircuitOpenError);
    expect(ran).toBe(false);
    expect(breaker.counts).toMatchObject({ calls: 1, rejected: 1, ignored: 0 });
  });

  it('is decided when it is first iterated', async () => {
    const { breaker } = setUp();
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    await breaker.open();
    expect(thrownBy(() => items.next())).toBeInstanceOf(CircuitOpenError);
  });

  it('judges errors by the rules', () => {
    const { breaker } = setUp({ exclude: [RangeError], ignore: [SyntaxError] });
    const make = breaker.wrap(function* (error: Error): Generator<number> {
      yield 1;
      throw error;
    });
    for (const error of [new RangeError(), new SyntaxError(), new TypeError()]) {
      expect(thrownBy(() => [...make(error)])).toBe(error);
    }
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 1, ignored: 1, failures: 1 });
  });

  it('shows classify its return value', () => {
    const seen: unknown[] = [];
    const { breaker } = setUp({
      classify: (outcome) => {
        seen.push(outcome.threw ? 'threw' : outcome.value);
        return 'failure';
      },
    });
    const items = breaker.wrap(function* (): Generator<number, string, undefined> {
      yield 1;
      return 'end';
    })();
    items.next();
    expect(items.next()).toEqual({ value: 'end', done: true });
    expect(seen).toEqual(['end']);
    expect(breaker.counts.failures).toBe(1);
  });

  it('keeps this, arguments, name and length', () => {
    const { breaker } = setUp();
    const repository = {
      prefix: 'order-',
      list: breaker.wrap(function* list(this: { prefix: string }, from: number, to: number): Generator<string> {
        for (let id = from; id <= to; id += 1) {
          yield `${this.prefix}${id}`;
        }
      }),
    };
    expect([...repository.list(1, 2)]).toEqual(['order-1', 'order-2']);
    expect(repository.list.name).toBe('list');
    expect(repository.list.length).toBe(2);
  });

  it('starts anew for every call', () => {
    const { breaker } = setUp();
    const make = breaker.wrap(function* () {
      yield 1;
    });
    const [one, two] = [make(), make()];
    one.next();
    two.next();
    one.next();
    two.return(undefined);
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, ignored: 1 });
  });

  it('knows no timeoutMs', () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const items = breaker.wrap(function* () {
      clock.advance(1_000);
      yield 1;
      clock.advance(1_000);
    })();
    expect(items.next().value).toBe(1);
    clock.advance(1_000);
    expect(items.next().done).toBe(true);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0, timeouts: 0 });
  });

  it('as a trial takes a place while it is open, and its end decides', async () => {
    const { breaker, clock } = setUp();
    const make = breaker.wrap(function* () {
      yield 1;
    });
    await breaker.halfOpen();
    const items = make();
    items.next();
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    expect(items.next().done).toBe(true);
    expect(breaker.state).toBe('closed');
    expect(clock.pending).toBe(0);
  });

  it('as a trial left early frees its place', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    items.next();
    items.return(undefined);
    expect(breaker.state).toBe('half-open');
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('as a trial suspended beyond its lease is released, and its end is late', async () => {
    const { breaker, clock, recorder } = setUp({ trialTimeoutMs: 500, successThreshold: 2 });
    await breaker.halfOpen();
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    items.next();
    await clock.advanceAsync(1_000);
    expect(breaker.state).toBe('half-open');
    await succeed(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    expect(items.next().done).toBe(true);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    expect(recorder.last('success').late).toBe(true);
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 3 });
  });

  it('cannot close an open circuit when it is late', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    items.next();
    await fail(breaker);
    items.next();
    expect(breaker.state).toBe('open');
  });

  it('does not join the call that iterates it', async () => {
    const { breaker } = setUp();
    const make = breaker.wrap(function* () {
      yield 1;
    });
    await breaker.execute(() => [...make()]);
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });
});

describe('an async generator', () => {
  it('gives what it yields, takes what it is sent, and keeps its return value', async () => {
    const { breaker } = setUp();
    const sent: unknown[] = [];
    const talk = breaker.wrap(async function* (first: string): AsyncGenerator<string, number, string> {
      sent.push(yield first);
      sent.push(yield 'second');
      return 7;
    });
    const items = talk('first');
    expect(await items.next()).toEqual({ value: 'first', done: false });
    expect(await items.next('a')).toEqual({ value: 'second', done: false });
    expect(breaker.counts.successes).toBe(0);
    expect(await items.next('b')).toEqual({ value: 7, done: true });
    expect(sent).toEqual(['a', 'b']);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
    expect(await items.next()).toEqual({ value: undefined, done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('works in for-await and yield*', async () => {
    const { breaker } = setUp();
    const count = breaker.wrap(async function* (to: number): AsyncGenerator<number, string, undefined> {
      for (let value = 1; value <= to; value += 1) {
        yield value;
      }
      return 'end';
    });
    const seen: unknown[] = [];
    async function* outer(): AsyncGenerator<number, void, undefined> {
      seen.push(yield* count(2));
    }
    for await (const value of outer()) {
      seen.push(value);
    }
    expect(seen).toEqual([1, 2, 'end']);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('that fails counts once, and the consumer sees the error', async () => {
    const { breaker } = setUp();
    const error = new Error('down');
    const items = breaker.wrap(async function* () {
      yield 1;
      throw error;
    })();
    await items.next();
    expect(await rejectionOf(items.next())).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
  });

  it('that trips rejects with CircuitTrippedError', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    const items = breaker.wrap(async function* () {
      yield 1;
      throw error;
    })();
    await items.next();
    expect(await rejectionOf(items.next())).toMatchObject({ name: 'CircuitTrippedError', cause: error });
    expect(breaker.state).toBe('open');
  });

  it('left early is ignored, and its finally runs before the breaker counts', async () => {
    const order: string[] = [];
    const { breaker } = setUp({ failureThreshold: 1, listeners: [{ onIgnore: () => void order.push('ignore') }] });
    const make = breaker.wrap(async function* () {
      try {
        yield 1;
        yield 2;
      } finally {
        await undefined;
        order.push('finally');
      }
    });
    for await (const item of make()) {
      expect(item).toBe(1);
      break;
    }
    expect(order).toEqual(['finally', 'ignore']);
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0, successes: 0 });
    expect(breaker.state).toBe('closed');
  });

  it('left by return() gives what return() gives', async () => {
    const { breaker } = setUp();
    const items = breaker.wrap(async function* (): AsyncGenerator<number, string, undefined> {
      yield 1;
      return 'end';
    })();
    await items.next();
    expect(await items.return('early')).toEqual({ value: 'early', done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
  });

  it('that handles an error thrown into it has not failed', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(async function* (): AsyncGenerator<string, string, undefined> {
      try {
        yield 'first';
      } catch (error) {
        yield (error as Error).message;
      }
      return 'end';
    })();
    await items.next();
    expect(await items.throw(new Error('handled'))).toEqual({ value: 'handled', done: false });
    expect(await items.next()).toEqual({ value: 'end', done: true });
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('that was never iterated holds nothing', async () => {
    const { breaker, clock } = setUp();
    const make = breaker.wrap(async function* () {
      yield 1;
    });
    make();
    expect(await make().return(undefined)).toEqual({ value: undefined, done: true });
    expect(breaker.counts).toEqual(NOTHING);
    await breaker.halfOpen();
    make();
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('is rejected by an open circuit, and nothing of it runs', async () => {
    const { breaker } = setUp();
    await breaker.open();
    let ran = false;
    const make = breaker.wrap(async function* () {
      ran = true;
      yield 1;
    });
    const error = await rejectionOf(
      (async () => {
        for await (const item of make()) {
          expect(item).toBe('never');
        }
      })(),
    );
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(ran).toBe(false);
    expect(breaker.counts).toMatchObject({ calls: 1, rejected: 1 });
  });

  it('answers next() calls made at once in their order, and counts once', async () => {
    const { breaker } = setUp();
    const items = breaker.wrap(async function* (): AsyncGenerator<number, string, undefined> {
      yield 1;
      await undefined;
      yield 2;
      return 'end';
    })();
    const seen = await Promise.all([items.next(), items.next(), items.next(), items.next()]);
    expect(seen).toEqual([
      { value: 1, done: false },
      { value: 2, done: false },
      { value: 'end', done: true },
      { value: undefined, done: true },
    ]);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('answers with promises, also where it is rejected', async () => {
    const { breaker } = setUp();
    await breaker.open();
    const items = breaker.wrap(async function* (): AsyncGenerator<number> {
      yield 1;
    })();
    let answer: Promise<unknown> | undefined;
    expect(() => {
      answer = items.next();
    }).not.toThrow();
    expect(answer).toBeInstanceOf(Promise);
    expect(await rejectionOf(answer as Promise<unknown>)).toBeInstanceOf(CircuitOpenError);
  });

  it('left while a next is under way ends after it, ignored once', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const gate = deferred();
    const order: string[] = [];
    const items = breaker.wrap(async function* (): AsyncGenerator<number, string, undefined> {
      try {
        await gate.promise;
        yield 1;
        return 'end';
      } finally {
        order.push('finally');
      }
    })();
    const next = items.next();
    const left = items.return('early');
    await letPromisesRun();
    gate.resolve(undefined);
    expect(await next).toEqual({ value: 1, done: false });
    expect(await left).toEqual({ value: 'early', done: true });
    expect(order).toEqual(['finally']);
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, successes: 0, failures: 0 });
    expect(clock.pending).toBe(0);
  });

  it('has timeoutMs anew at each next', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const gates = [deferred(), deferred(), deferred()];
    const items = breaker.wrap(async function* () {
      for (const [index, gate] of gates.entries()) {
        await gate.promise;
        yield index;
      }
    })();
    for (const [index, gate] of gates.entries()) {
      const next = items.next();
      await clock.advanceAsync(90);
      gate.resolve(undefined);
      expect(await next).toEqual({ value: index, done: false });
      expect(clock.pending).toBe(0);
    }
    expect((await items.next()).done).toBe(true);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, timeouts: 0 });
  });

  it('has no timeout while its consumer thinks', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const items = breaker.wrap(async function* () {
      yield 1;
      yield 2;
    })();
    await items.next();
    expect(clock.pending).toBe(0);
    await clock.advanceAsync(1_000_000);
    await items.next();
    await clock.advanceAsync(1_000_000);
    expect((await items.next()).done).toBe(true);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, timeouts: 0 });
  });

  it('fails where one next takes timeoutMs', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const items = breaker.wrap(async function* () {
      yield 1;
      await new Promise(() => undefined);
    })();
    await items.next();
    const seen = rejectionOf(items.next());
    await clock.advanceAsync(99);
    expect(breaker.counts.failures).toBe(0);
    await clock.advanceAsync(1);
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, timeouts: 1 });
    expect(clock.pending).toBe(0);
  });

  it('counts once though it ends after its timeout', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const gate = deferred();
    const items = breaker.wrap(async function* (): AsyncGenerator<number, void, undefined> {
      await gate.promise;
      yield 1;
      throw new Error('late');
    })();
    const seen = rejectionOf(items.next());
    await clock.advanceAsync(100);
    await seen;
    gate.resolve(undefined);
    await letPromisesRun();
    await items.next().catch(() => undefined);
    await items.return(undefined).catch(() => undefined);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0, ignored: 0 });
  });

  it('as a trial has its deadline anew at each next', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 100 });
    await breaker.halfOpen();
    const gates = [deferred(), deferred(), deferred()];
    const items = breaker.wrap(async function* () {
      for (const gate of gates) {
        await gate.promise;
        yield 'item';
      }
    })();
    for (const gate of gates) {
      const next = items.next();
      await clock.advanceAsync(60);
      gate.resolve(undefined);
      await next;
    }
    expect(breaker.state).toBe('half-open');
    expect((await items.next()).done).toBe(true);
    expect(breaker.state).toBe('closed');
    expect(clock.pending).toBe(0);
  });

  it('as a trial that works beyond its deadline has failed', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 100 });
    await breaker.halfOpen();
    const items = breaker.wrap(async function* () {
      yield 1;
      await new Promise(() => undefined);
    })();
    await items.next();
    const seen = rejectionOf(items.next());
    await clock.advanceAsync(100);
    const error = await seen;
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect((error as CircuitTrippedError).cause).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.state).toBe('open');
    expect(clock.pending).toBe(0);
  });

  it('as a trial suspended beyond its lease is released, and its end is late', async () => {
    const { breaker, clock, recorder } = setUp({ trialTimeoutMs: 500 });
    await breaker.halfOpen();
    const items = breaker.wrap(async function* () {
      yield 1;
      throw new Error('late');
    })();
    await items.next();
    await clock.advanceAsync(1_000);
    expect(breaker.state).toBe('half-open');
    const trial = deferred<string>();
    const value = breaker.execute(() => trial.promise);
    expect(await rejectionOf(items.next())).toMatchObject({ message: 'late' });
    expect(breaker.state).toBe('half-open');
    expect(recorder.last('failure').late).toBe(true);
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    trial.resolve('value');
    await value;
    expect(breaker.state).toBe('closed');
    expect(clock.pending).toBe(0);
  });

  it('as a trial left early frees its place', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    const items = breaker.wrap(async function* () {
      yield 1;
    })();
    await items.next();
    await items.return(undefined);
    expect(breaker.state).toBe('half-open');
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('keeps this, arguments, name and length', async () => {
    const { breaker } = setUp();
    const repository = {
      prefix: 'order-',
      list: breaker.wrap(async function* list(
        this: { prefix: string },
        from: number,
        to: number,
      ): AsyncGenerator<string> {
        for (let id = from; id <= to; id += 1) {
          yield `${this.prefix}${id}`;
        }
      }),
    };
    const seen: string[] = [];
    for await (const item of repository.list(1, 2)) {
      seen.push(item);
    }
    expect(seen).toEqual(['order-1', 'order-2']);
    expect(repository.list.name).toBe('list');
    expect(repository.list.length).toBe(2);
  });

  it('judges errors by the rules', async () => {
    const { breaker } = setUp({ exclude: [RangeError], ignore: [SyntaxError] });
    const make = breaker.wrap(async function* (error: Error) {
      yield 1;
      throw error;
    });
    for (const error of [new RangeError(), new SyntaxError(), new TypeError()]) {
      const items = make(error);
      await items.next();
      expect(await rejectionOf(items.next())).toBe(error);
    }
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 1, ignored: 1, failures: 1 });
  });
});
