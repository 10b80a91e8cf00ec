import { describe, expect, it } from 'vitest';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

describe('a call that a guarded function makes before its first await', () => {
  it('joins: one admission, one outcome, counted once', async () => {
    const { breaker, recorder } = setUp();
    const value = await breaker.execute(() => breaker.execute(async () => 'value'));
    expect(value).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
    expect(recorder.trace).toBe('before-call success');
  });

  it('joins through all ways in', async () => {
    const { breaker } = setUp();
    const inner = breaker.wrap(async () => 'value');
    const innerSync = breaker.wrapSync(() => 'value');
    const outer = breaker.wrap(async () => {
      innerSync();
      breaker.executeSync(() => 1);
      const value = inner();
      const other = breaker.execute(async () => 1);
      await other;
      return value;
    });
    expect(await outer()).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('joins sync calls', () => {
    const { breaker } = setUp();
    expect(breaker.executeSync(() => breaker.executeSync(() => breaker.executeSync(() => 'value')))).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('fails once, with the error of the inner call', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => breaker.execute(() => Promise.reject(error))))).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    expect(breaker.state).toBe('closed');
  });

  it('trips once', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    const seen = await rejectionOf(breaker.execute(() => breaker.execute(() => Promise.reject(error))));
    expect(seen).toMatchObject({ name: 'CircuitTrippedError', cause: error });
    expect(breaker.snapshot().trips).toBe(1);
  });

  it('is no failure where the outer call handles it', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const value = await breaker.execute(async () => {
      const inner = breaker.execute(() => Promise.reject(new Error('down')));
      return inner.catch(() => 'handled');
    });
    expect(value).toBe('handled');
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('needs no place of its own among the trials', async () => {
    const { breaker } = setUp({ maxTrials: 1 });
    await breaker.halfOpen();
    expect(await breaker.execute(() => breaker.execute(async () => 'value'))).toBe('value');
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, rejected: 0 });
  });

  it('has its own fallback', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    let given: unknown;
    const value = await breaker.execute(() =>
      breaker.execute(() => Promise.reject(error), {
        fallback: (seen) => {
          given = seen;
          return 'spare';
        },
      }),
    );
    expect(value).toBe('spare');
    expect(given).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('has its own fallback, sync too', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const value = breaker.executeSync(() =>
      breaker.executeSync(
        (): string => {
          throw new Error('down');
        },
        { fallback: () => 'spare' },
      ),
    );
    expect(value).toBe('spare');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('does not obey a signal of its own', async () => {
    const { breaker } = setUp();
    const value = await breaker.execute(() => breaker.execute(async () => 'value', { signal: AbortSignal.abort() }));
    expect(value).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, ignored: 0 });
  });

  it('joins several times, and at any depth', async () => {
    const { breaker } = setUp();
    const seen = await breaker.execute(() =>
      Promise.all([
        breaker.execute(async () => 1),
        breaker.execute(() => breaker.execute(async () => 2)),
        breaker.execute(() => 3),
      ]),
    );
    expect(seen).toEqual([1, 2, 3]);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('joins though the circuit was opened meanwhile: the outer call was admitted', async () => {
    const { breaker } = setUp();
    const value = await breaker.execute(() => {
      void breaker.isolate();
      return breaker.execute(async () => breaker.executeSync(() => 'value'));
    });
    expect(value).toBe('value');
    expect(breaker.state).toBe('isolated');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, rejected: 0 });
  });

  it('can read a signal', async () => {
    const { breaker } = setUp();
    const aborted = await breaker.execute(() => breaker.execute(async ({ signal }) => signal.aborted));
    expect(aborted).toBe(false);
  });

  it('gives what it throws in the same turn as a rejection', async () => {
    const { breaker } = setUp();
    const error = new Error('down');
    const value = await breaker.execute(async () => {
      const inner = breaker.execute(() => {
        throw error;
      });
      return rejectionOf(inner);
    });
    expect(value).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('is a call of its own for another breaker', async () => {
    const outer = setUp().breaker;
    const inner = setUp().breaker;
    await outer.execute(() => inner.execute(() => outer.execute(() => inner.execute(async () => 'value'))));
    expect(outer.counts).toMatchObject({ calls: 1, successes: 1 });
    expect(inner.counts).toMatchObject({ calls: 1, successes: 1 });
  });
});

describe('what does not join', () => {
  it('a call after an await', async () => {
    const { breaker } = setUp();
    const value = await breaker.execute(async () => {
      await undefined;
      return breaker.execute(async () => 'value');
    });
    expect(value).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });

  it('a call after an await in a trial: it finds no place', async () => {
    const { breaker } = setUp({ maxTrials: 1 });
    await breaker.halfOpen();
    const value = await breaker.execute(async () => {
      await undefined;
      return rejectionOf(breaker.execute(async () => 'value'));
    });
    expect(value).toMatchObject({ reason: 'trial-limit' });
  });

  it('a call beside one that is pending', async () => {
    const { breaker } = setUp();
    const gate = deferred<string>();
    const first = breaker.execute(() => gate.promise);
    const second = breaker.execute(async () => 'value');
    breaker.executeSync(() => 'value');
    await second;
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2 });
    gate.resolve('value');
    await first;
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 3 });
  });

  it('a call after one that threw in the same turn', async () => {
    const { breaker } = setUp();
    const throwing = (): never => {
      throw new Error('down');
    };
    const first = rejectionOf(breaker.execute(throwing));
    const second = breaker.execute(async () => 'value');
    await Promise.all([first, second]);
    thrownBy(() => breaker.executeSync(throwing));
    breaker.executeSync(() => 'value');
    expect(breaker.counts).toMatchObject({ calls: 4, successes: 2, failures: 2 });
  });

  it('a call after an inner one that threw in the same turn, out of a call that ended', async () => {
    const { breaker } = setUp();
    const throwing = (): never => {
      throw new Error('down');
    };
    thrownBy(() => breaker.executeSync(() => breaker.executeSync(throwing)));
    await rejectionOf(breaker.execute(() => breaker.execute(throwing)));
    expect(breaker.counts).toMatchObject({ calls: 2, failures: 2 });
    breaker.executeSync(() => 'value');
    await breaker.execute(async () => 'value');
    expect(breaker.counts).toMatchObject({ calls: 4, failures: 2, successes: 2 });
  });

  it('a call after a call that was refused for its arguments', async () => {
    const { breaker } = setUp();
    await rejectionOf((async () => breaker.execute(() => breaker.execute(5 as never)))());
    breaker.executeSync(() => 'value');
    expect(breaker.counts.successes).toBe(1);
  });

  it('a call beside a generator that is suspended', async () => {
    const { breaker } = setUp();
    const items = breaker.wrap(function* (): Generator<number> {
      yield 1;
    })();
    items.next();
    breaker.executeSync(() => 'value');
    await breaker.execute(async () => 'value');
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2 });
    items.next();
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 3 });
  });

  it('a call after a rejected one', async () => {
    const { breaker } = setUp();
    await breaker.open();
    await rejectionOf(breaker.execute(() => 1));
    expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ reason: 'open' });
    await breaker.close();
    await breaker.execute(() => 1);
    expect(breaker.counts).toMatchObject({ calls: 3, rejected: 2, successes: 1 });
  });

  it('a call in a fallback', async () => {
    const { breaker } = setUp();
    const value = await breaker.execute(() => Promise.reject(new Error('down')), {
      fallback: () => breaker.execute(async () => 'spare'),
    });
    expect(value).toBe('spare');
    expect(breaker.counts).toMatchObject({ calls: 2, failures: 1, successes: 1 });
  });

  it('a call that a listener makes', async () => {
    const setting = setUp();
    const { breaker } = setting;
    let inner: Promise<string> | undefined;
    breaker.addListener({
      onSuccess: () => {
        inner ??= breaker.execute(async () => 'inner');
      },
    });
    expect(breaker.executeSync(() => 'outer')).toBe('outer');
    expect(await inner).toBe('inner');
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });

  it('a permit', async () => {
    const { breaker } = setUp();
    await breaker.execute(async () => {
      const permit = await breaker.acquire();
      permit.succeed();
    });
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });

  it('a generator, sync or async', async () => {
    const { breaker } = setUp();
    const items = breaker.wrap(function* () {
      yield 1;
    });
    const stream = breaker.wrap(async function* () {
      yield 1;
    });
    breaker.executeSync(() => [...items()]);
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
    await breaker.execute(async () => {
      for await (const item of stream()) {
        expect(item).toBe(1);
      }
    });
    expect(breaker.counts).toMatchObject({ calls: 4, successes: 4 });
  });
});
