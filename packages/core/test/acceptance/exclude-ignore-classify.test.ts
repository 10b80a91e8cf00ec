import { describe, expect, it } from 'vitest';
import { CircuitBreaker, CircuitOpenError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { fail, succeed } from '../drive.js';
import { setUp } from '../set-up.js';

class NotFound extends Error {}
class UserNotFound extends NotFound {}

describe('exclude', () => {
  it('counts as success, and the caller sees the error', async () => {
    const { breaker, recorder } = setUp({ exclude: [NotFound] });
    const error = new NotFound('no such order');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0, ignored: 0 });
    expect(recorder.trace).toBe('before-call success');
    expect(recorder.last('success')).toMatchObject({ type: 'success', error });
  });

  it('ends a streak of failures', async () => {
    const { breaker } = setUp({ failureThreshold: 2, exclude: [NotFound] });
    await fail(breaker);
    await fail(breaker, 1, new NotFound());
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('never trips', async () => {
    const { breaker } = setUp({ failureThreshold: 1, exclude: [NotFound] });
    await fail(breaker, 50, new NotFound());
    expect(breaker.state).toBe('closed');
  });

  it('closes a half-open circuit, and the caller sees the error', async () => {
    const { breaker } = setUp({ exclude: [NotFound] });
    await breaker.halfOpen();
    const error = new NotFound();
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.state).toBe('closed');
  });

  it('holds for subclasses, not for superclasses', async () => {
    const { breaker } = setUp({ exclude: [NotFound] });
    await fail(breaker, 1, new UserNotFound());
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0 });
    const strict = setUp({ exclude: [UserNotFound] }).breaker;
    await fail(strict, 1, new NotFound());
    expect(strict.counts).toMatchObject({ successes: 0, failures: 1 });
  });

  it('takes predicates', async () => {
    const { breaker } = setUp({ exclude: [(error: unknown) => error instanceof Error && error.message === 'fine'] });
    await fail(breaker, 1, new Error('fine'));
    await fail(breaker, 1, new Error('down'));
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
  });

  it('takes classes and predicates together, any of which is enough', async () => {
    const { breaker } = setUp({ exclude: [NotFound, (error: unknown) => error === 'gone', UserNotFound, RangeError] });
    for (const error of [new NotFound(), 'gone', new UserNotFound(), new RangeError()]) {
      await fail(breaker, 1, error);
    }
    await fail(breaker, 1, new TypeError());
    expect(breaker.counts).toMatchObject({ successes: 4, failures: 1 });
  });

  it('applies to sync calls', () => {
    const { breaker } = setUp({ failureThreshold: 1, exclude: [NotFound] });
    const error = new NotFound();
    const seen = thrownBy(() =>
      breaker.executeSync(() => {
        throw error;
      }),
    );
    expect(seen).toBe(error);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts.successes).toBe(1);
  });

  it('changes live, by adding to what there is and by taking away', async () => {
    const { breaker } = setUp({ exclude: [NotFound] });
    breaker.configure({ exclude: [...breaker.options.exclude, RangeError] });
    await fail(breaker, 1, new NotFound());
    await fail(breaker, 1, new RangeError());
    expect(breaker.counts).toMatchObject({ successes: 2, failures: 0 });
    breaker.configure({ exclude: breaker.options.exclude.filter((entry) => entry !== NotFound) });
    await fail(breaker, 1, new NotFound());
    await fail(breaker, 1, new RangeError());
    expect(breaker.counts).toMatchObject({ successes: 3, failures: 1 });
  });
});

describe('ignore', () => {
  it('counts as neither, and the caller sees the error', async () => {
    const { breaker, recorder } = setUp({ ignore: [NotFound] });
    const error = new NotFound();
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 0, failures: 0, ignored: 1 });
    expect(recorder.trace).toBe('before-call ignore');
    expect(recorder.last('ignore')).toMatchObject({ error });
  });

  it('neither ends nor prolongs a streak', async () => {
    const { breaker } = setUp({ failureThreshold: 2, ignore: [NotFound] });
    await fail(breaker);
    await fail(breaker, 10, new NotFound());
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 1 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('frees the place of a trial, and leaves the round as it is', async () => {
    const { breaker } = setUp({ successThreshold: 2, ignore: [NotFound] });
    await breaker.halfOpen();
    await succeed(breaker);
    for (let call = 0; call < 5; call += 1) {
      await fail(breaker, 1, new NotFound());
      expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    }
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('takes predicates too', async () => {
    const { breaker } = setUp({ ignore: [(error: unknown) => error === 'busy'] });
    await fail(breaker, 1, 'busy');
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('comes after exclude', async () => {
    const { breaker } = setUp({ exclude: [UserNotFound], ignore: [NotFound] });
    await fail(breaker, 1, new UserNotFound());
    await fail(breaker, 1, new NotFound());
    expect(breaker.counts).toMatchObject({ successes: 1, ignored: 1, failures: 0 });
  });
});

describe('a class and a predicate', () => {
  const matches: Record<string, { entry: unknown; match: unknown; other: unknown }> = {
    'a class of errors': { entry: NotFound, match: new NotFound(), other: new Error() },
    'Error itself': { entry: Error, match: new NotFound(), other: 'text' },
    'a built-in class': { entry: TypeError, match: new TypeError(), other: new RangeError() },
    DOMException: { entry: DOMException, match: new DOMException('x', 'AbortError'), other: new Error() },
    'a class without a name': { entry: class extends Error {}, match: undefined, other: new Error() },
    'a predicate as an arrow': { entry: (error: unknown) => error === 7, match: 7, other: 8 },
    'a predicate as a function': {
      entry: function isSeven(error: unknown) {
        return error === 7;
      },
      match: 7,
      other: 8,
    },
    'a predicate as a method': {
      entry: {
        isSeven(error: unknown) {
          return error === 7;
        },
      }.isSeven,
      match: 7,
      other: 8,
    },
    'a bound predicate': { entry: Object.is.bind(undefined, 7), match: 7, other: 8 },
  };

  for (const [name, { entry, match, other }] of Object.entries(matches)) {
    it(`${name} is told apart`, async () => {
      const { breaker, recorder } = setUp({ exclude: [entry as never] });
      const hit: unknown = match ?? new (entry as new () => Error)();
      await fail(breaker, 1, hit);
      expect(breaker.counts).toMatchObject({ successes: 1, failures: 0 });
      await fail(breaker, 1, other);
      expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
      expect(recorder.of('listener-error')).toEqual([]);
    });
  }

  it('a class that is no error is a class by its source', async () => {
    class Problem {
      readonly status = 404;
    }
    const { breaker } = setUp({ exclude: [Problem as never] });
    await fail(breaker, 1, new Problem());
    await fail(breaker, 1, { status: 404 });
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
  });

  it('a constructor of the old style is a class where its prototype inherits that of Error', async () => {
    function OldError(this: { message: string }): void {
      this.message = 'old';
    }
    OldError.prototype = Object.create(Error.prototype);
    const { breaker } = setUp({ exclude: [OldError as never] });
    await fail(breaker, 1, Reflect.construct(OldError, []));
    await fail(breaker, 1, new Error('new'));
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
  });

  it('a predicate whose name begins with class is a predicate', async () => {
    const classified = (error: unknown): boolean => error === 'fine';
    const { breaker } = setUp({ exclude: [classified] });
    await fail(breaker, 1, 'fine');
    await fail(breaker, 1, 'down');
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
  });
});

describe('classify', () => {
  it('is shown the value and how long it took', async () => {
    const seen: unknown[] = [];
    const { breaker, clock } = setUp({
      classify: (outcome) => {
        seen.push(outcome);
        return undefined;
      },
    });
    await breaker.execute(() => {
      clock.advance(30);
      return 'value';
    });
    expect(seen).toEqual([{ threw: false, value: 'value', durationMs: 30 }]);
  });

  it('is shown the error and how long it took', async () => {
    const seen: unknown[] = [];
    const error = new Error('down');
    const { breaker, clock } = setUp({
      classify: (outcome) => {
        seen.push(outcome);
        return undefined;
      },
    });
    await breaker
      .execute(async () => {
        clock.advance(45);
        throw error;
      })
      .catch(() => undefined);
    expect(seen).toEqual([{ threw: true, error, durationMs: 45 }]);
  });

  it('makes a value a failure, and the caller still gets it', async () => {
    const response = { status: 503 };
    const { breaker, recorder } = setUp({
      failureThreshold: 3,
      classify: (outcome) =>
        outcome.threw ? undefined : (outcome.value as { status: number }).status >= 500 ? 'failure' : undefined,
    });
    expect(await breaker.execute(async () => response)).toBe(response);
    expect(breaker.counts).toMatchObject({ successes: 0, failures: 1 });
    expect(recorder.last('failure')).toMatchObject({ value: response });
    await breaker.execute(async () => ({ status: 200 }));
    expect(breaker.snapshot().failures).toBe(0);
  });

  it('returns a value that counts as a failure also when it trips', async () => {
    const { breaker } = setUp({ failureThreshold: 2, classify: () => 'failure' });
    expect(await breaker.execute(async () => 'first')).toBe('first');
    expect(await breaker.execute(async () => 'second')).toBe('second');
    expect(breaker.state).toBe('open');
  });

  it('returns a value that fails a trial', async () => {
    const { breaker } = setUp({ classify: () => 'failure' });
    await breaker.halfOpen();
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.state).toBe('open');
  });

  it('returns a value that counts as a failure where there is a fallback', async () => {
    const { breaker } = setUp({ failureThreshold: 2, classify: () => 'failure' });
    let asked = 0;
    const fallback = (): string => {
      asked += 1;
      return 'spare';
    };
    expect(await breaker.execute(async () => 'first', { fallback })).toBe('first');
    expect(breaker.executeSync(() => 'second', { fallback })).toBe('second');
    expect(breaker.state).toBe('open');
    expect(asked).toBe(0);
  });

  it('applies to sync values', () => {
    const { breaker } = setUp({ failureThreshold: 1, classify: () => 'failure' });
    expect(breaker.executeSync(() => 'value')).toBe('value');
    expect(breaker.state).toBe('open');
  });

  it('makes a value ignored', async () => {
    const { breaker, recorder } = setUp({ classify: () => 'ignore' });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.counts).toMatchObject({ successes: 0, ignored: 1 });
    expect(recorder.last('ignore')).toMatchObject({ value: 'value' });
  });

  it('makes an error a success, and the caller sees it', async () => {
    const { breaker } = setUp({ failureThreshold: 1, classify: () => 'success' });
    const error = new Error('fine');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0 });
    expect(breaker.state).toBe('closed');
  });

  it('makes an error ignored', async () => {
    const { breaker } = setUp({ failureThreshold: 1, classify: () => 'ignore' });
    await fail(breaker);
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('comes before exclude and ignore', async () => {
    const { breaker } = setUp({ exclude: [NotFound], ignore: [RangeError], classify: () => 'failure' });
    await fail(breaker, 1, new NotFound());
    await fail(breaker, 1, new RangeError());
    expect(breaker.counts).toMatchObject({ failures: 2, successes: 0, ignored: 0 });
  });

  it('falls through to the lists, then to the defaults', async () => {
    const { breaker } = setUp({ exclude: [NotFound], ignore: [RangeError], classify: () => undefined });
    await fail(breaker, 1, new NotFound());
    await fail(breaker, 1, new RangeError());
    await fail(breaker, 1, new Error('down'));
    await succeed(breaker);
    expect(breaker.counts).toMatchObject({ successes: 2, ignored: 1, failures: 1 });
  });

  it('comes before the default that ignores a CircuitOpenError', async () => {
    const other = setUp().breaker;
    await other.isolate();
    const { breaker } = setUp({ classify: (outcome) => (outcome.threw ? 'failure' : undefined) });
    await rejectionOf(breaker.execute(() => other.execute(() => 1)));
    expect(breaker.counts).toMatchObject({ failures: 1, ignored: 0 });
  });

  it('is not asked about the caller’s own abort, nor about our timeout', async () => {
    const asked: unknown[] = [];
    const { breaker, clock } = setUp({
      timeoutMs: 100,
      classify: (outcome) => {
        asked.push(outcome);
        return 'success';
      },
    });
    const controller = new AbortController();
    const aborted = rejectionOf(breaker.execute(() => new Promise(() => undefined), { signal: controller.signal }));
    controller.abort();
    await aborted;
    const timedOut = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
    await clock.advanceAsync(100);
    await timedOut;
    expect(asked).toEqual([]);
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 1, timeouts: 1, successes: 0 });
  });

  it('is not asked about a rejection', async () => {
    let asked = 0;
    const { breaker } = setUp({
      classify: () => {
        asked += 1;
        return 'success';
      },
    });
    await breaker.isolate();
    await rejectionOf(breaker.execute(() => 1));
    expect(asked).toBe(0);
    expect(breaker.counts).toMatchObject({ rejected: 1, successes: 0 });
  });
});

describe('by default', () => {
  it('an error is a failure, a value a success, whatever they are', async () => {
    const { breaker } = setUp({ failureThreshold: 100 });
    for (const error of [new Error('down'), 'text', 0, null, undefined, false, { a: 1 }, Symbol('down')]) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    }
    for (const value of [new Error('as a value'), 'text', 0, null, undefined, false]) {
      expect(await breaker.execute(async () => value)).toBe(value);
    }
    expect(breaker.counts).toMatchObject({ failures: 8, successes: 6 });
  });

  it('a throw that is no Error trips, and is the cause', async () => {
    for (const error of ['text', 0, null, undefined]) {
      const { breaker } = setUp({ failureThreshold: 1 });
      const seen = await rejectionOf(breaker.execute(() => Promise.reject(error)));
      expect(seen).toBeInstanceOf(CircuitTrippedError);
      expect((seen as CircuitTrippedError).cause).toBe(error);
    }
  });

  it('a CircuitOpenError of another breaker is ignored', async () => {
    const inner = setUp().breaker;
    await inner.isolate();
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = await rejectionOf(breaker.execute(() => inner.execute(() => 1)));
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('a CircuitOpenError of the very breaker, from after an await, is ignored', async () => {
    const { breaker } = setUp({ failureThreshold: 1, maxTrials: 1 });
    await breaker.halfOpen();
    const error = await rejectionOf(
      breaker.execute(async () => {
        await undefined;
        return breaker.execute(() => 1);
      }),
    );
    expect(error).toMatchObject({ reason: 'trial-limit' });
    expect(breaker.state).toBe('half-open');
    expect(breaker.counts).toMatchObject({ calls: 2, ignored: 1, rejected: 1, failures: 0 });
  });

  it('a CircuitTrippedError of another breaker is a failure', async () => {
    const inner = setUp({ failureThreshold: 1 }).breaker;
    const { breaker } = setUp();
    const error = await rejectionOf(breaker.execute(() => inner.execute(() => Promise.reject(new Error('down')))));
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect(breaker.counts).toMatchObject({ failures: 1, ignored: 0 });
  });

  it('exclude may name CircuitOpenError', async () => {
    const inner = setUp().breaker;
    await inner.isolate();
    const { breaker } = setUp({ exclude: [CircuitOpenError] });
    await rejectionOf(breaker.execute(() => inner.execute(() => 1)));
    expect(breaker.counts).toMatchObject({ successes: 1, ignored: 0 });
  });
});

describe('a fault in the user’s own function', () => {
  const fault = new Error('bad predicate');
  const faulty = (): never => {
    throw fault;
  };

  it('a predicate of exclude is passed over and reported; those after it are asked', async () => {
    const { breaker, recorder } = setUp({ exclude: [faulty, NotFound] });
    const notFound = new NotFound();
    expect(await rejectionOf(breaker.execute(() => Promise.reject(notFound)))).toBe(notFound);
    const down = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(down)))).toBe(down);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault, fault]);
  });

  it('a predicate of ignore is passed over and reported', async () => {
    const { breaker, recorder } = setUp({ ignore: [faulty, NotFound] });
    await fail(breaker, 1, new NotFound());
    await fail(breaker);
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 1 });
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault, fault]);
  });

  it('classify is passed over and reported; the lists decide', async () => {
    const { breaker, recorder } = setUp({ classify: faulty, exclude: [NotFound] });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    await fail(breaker, 1, new NotFound());
    await fail(breaker);
    expect(breaker.counts).toMatchObject({ successes: 2, failures: 1 });
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault, fault, fault]);
  });

  it('does no harm to sync calls', () => {
    const { breaker, recorder } = setUp({ classify: faulty, exclude: [faulty] });
    expect(breaker.executeSync(() => 'value')).toBe('value');
    const down = new Error('down');
    expect(
      thrownBy(() =>
        breaker.executeSync(() => {
          throw down;
        }),
      ),
    ).toBe(down);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 1 });
    expect(recorder.of('listener-error')).toHaveLength(3);
  });

  it('does not wedge a trial', async () => {
    const { breaker } = setUp({ classify: faulty, exclude: [faulty], ignore: [faulty] });
    await breaker.halfOpen();
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });
});

describe('bad input', () => {
  for (const option of ['exclude', 'ignore'] as const) {
    it(`${option} is an array of functions`, () => {
      for (const value of [NotFound, 'NotFound', {}, null, 5, new Set([NotFound])]) {
        expect(() => new CircuitBreaker('orders', { [option]: value as never })).toThrow(TypeError);
        expect(() => new CircuitBreaker('orders', { [option]: value as never })).toThrow(option);
      }
      for (const value of ['NotFound', {}, null, 5, undefined]) {
        expect(() => new CircuitBreaker('orders', { [option]: [NotFound, value] as never })).toThrow(TypeError);
        expect(() => new CircuitBreaker('orders', { [option]: [NotFound, value] as never })).toThrow(option);
      }
    });
  }

  it('classify is a function', () => {
    for (const value of ['failure', {}, null, 5, true]) {
      expect(() => new CircuitBreaker('orders', { classify: value as never })).toThrow(TypeError);
      expect(() => new CircuitBreaker('orders', { classify: value as never })).toThrow(/classify/);
    }
  });
});
