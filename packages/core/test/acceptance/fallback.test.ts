import { describe, expect, it } from 'vitest';
import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

const down = (): Promise<string> => Promise.reject(new Error('down'));

describe('fallback', () => {
  it('gives the value instead of a failure', async () => {
    const { breaker, recorder } = setUp();
    const error = new Error('down');
    const seen: unknown[][] = [];
    const value = await breaker.execute(() => Promise.reject(error), {
      fallback: (...given: unknown[]) => {
        seen.push(given);
        return 'spare';
      },
    });
    expect(value).toBe('spare');
    expect(seen).toEqual([[error]]);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
    expect(recorder.trace).toBe('before-call failure');
  });

  it('gives the value instead of what is thrown in the same turn', async () => {
    const { breaker } = setUp();
    const value = await breaker.execute(
      (): string => {
        throw new Error('down');
      },
      { fallback: () => 'spare' },
    );
    expect(value).toBe('spare');
    expect(breaker.counts.failures).toBe(1);
  });

  it('gives the value instead of a timeout', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    let given: unknown;
    const value = breaker.execute(() => new Promise<string>(() => undefined), {
      fallback: (error) => {
        given = error;
        return 'spare';
      },
    });
    await clock.advanceAsync(100);
    expect(await value).toBe('spare');
    expect(given).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.counts).toMatchObject({ failures: 1, timeouts: 1 });
  });

  it('gives the value instead of a rejection, for every reason', async () => {
    const { breaker } = setUp();
    const given: unknown[] = [];
    const fallback = (error: unknown): string => {
      given.push(error);
      return 'spare';
    };
    await breaker.open();
    expect(await breaker.execute(async () => 'value', { fallback })).toBe('spare');
    await breaker.isolate();
    expect(await breaker.execute(async () => 'value', { fallback })).toBe('spare');
    await breaker.halfOpen();
    void breaker.execute(() => new Promise(() => undefined));
    expect(await breaker.execute(async () => 'value', { fallback })).toBe('spare');
    expect(given.every((error) => error instanceof CircuitOpenError)).toBe(true);
    expect(given.map((error) => (error as CircuitOpenError).reason)).toEqual(['open', 'isolated', 'trial-limit']);
    expect(breaker.counts).toMatchObject({ rejected: 3, successes: 0, failures: 0 });
  });

  it('gives the value instead of the failure that trips', async () => {
    for (const throwNewErrorOnTrip of [true, false]) {
      const { breaker } = setUp({ failureThreshold: 1, throwNewErrorOnTrip });
      const error = new Error('down');
      let given: unknown;
      const value = await breaker.execute(() => Promise.reject(error), {
        fallback: (seen) => {
          given = seen;
          return 'spare';
        },
      });
      expect(value).toBe('spare');
      expect(given instanceof CircuitTrippedError ? given.cause : given).toBe(error);
      expect(breaker.state).toBe('open');
    }
  });

  it('gives the value instead of a trial’s failure', async () => {
    const { breaker } = setUp();
    await breaker.halfOpen();
    expect(await breaker.execute(down, { fallback: () => 'spare' })).toBe('spare');
    expect(breaker.state).toBe('open');
  });

  it('gives the value instead of a trial that hangs', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 500 });
    await breaker.halfOpen();
    const value = breaker.execute(() => new Promise<string>(() => undefined), { fallback: () => 'spare' });
    await clock.advanceAsync(500);
    expect(await value).toBe('spare');
    expect(breaker.state).toBe('open');
  });

  it('gives the value instead of an error that classify makes a failure', async () => {
    const { breaker } = setUp({ exclude: [Error], classify: (outcome) => (outcome.threw ? 'failure' : undefined) });
    expect(await breaker.execute(down, { fallback: () => 'spare' })).toBe('spare');
  });

  it('may be async', async () => {
    const { breaker } = setUp();
    const gate = deferred<string>();
    let settled = false;
    const value = breaker.execute(down, { fallback: async () => gate.promise }).then((seen) => {
      settled = true;
      return seen;
    });
    await letPromisesRun();
    expect(settled).toBe(false);
    expect(breaker.counts.failures).toBe(1);
    gate.resolve('spare');
    expect(await value).toBe('spare');
  });

  it('may give any value, undefined too', async () => {
    const { breaker } = setUp({ failureThreshold: 1_000 });
    for (const value of [undefined, null, 0, '', false]) {
      expect(await breaker.execute(down, { fallback: () => value })).toBe(value);
    }
  });

  it('is not asked where the call succeeds', async () => {
    const { breaker } = setUp();
    let asked = 0;
    const fallback = (): string => {
      asked += 1;
      return 'spare';
    };
    expect(await breaker.execute(async () => 'value', { fallback })).toBe('value');
    expect(breaker.executeSync(() => 'value', { fallback })).toBe('value');
    expect(asked).toBe(0);
  });

  it('lets excluded and ignored errors pass through', async () => {
    const { breaker } = setUp({ exclude: [RangeError], ignore: [SyntaxError] });
    let asked = 0;
    const fallback = (): string => {
      asked += 1;
      return 'spare';
    };
    for (const error of [new RangeError(), new SyntaxError()]) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error), { fallback }))).toBe(error);
      const thrown = thrownBy(() =>
        breaker.executeSync(
          () => {
            throw error;
          },
          { fallback },
        ),
      );
      expect(thrown).toBe(error);
    }
    expect(asked).toBe(0);
  });

  it('lets an error pass through that classify makes a success or ignored', async () => {
    for (const verdict of ['success', 'ignore'] as const) {
      const { breaker } = setUp({ classify: () => verdict });
      const error = new Error('fine');
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error), { fallback: () => 'spare' }))).toBe(error);
    }
  });

  it('lets the caller’s abort pass through', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    let asked = 0;
    const fallback = (): string => {
      asked += 1;
      return 'spare';
    };
    const seen = rejectionOf(
      breaker.execute(() => new Promise<string>(() => undefined), { signal: controller.signal, fallback }),
    );
    controller.abort();
    expect(await seen).toBe(controller.signal.reason);
    expect(await rejectionOf(breaker.execute(() => 'value', { signal: controller.signal, fallback }))).toBe(
      controller.signal.reason,
    );
    expect(asked).toBe(0);
  });

  it('that throws or rejects is what the caller gets, counted nowhere', async () => {
    const { breaker, recorder } = setUp();
    const fault = new Error('no spare');
    const throwing = (): never => {
      throw fault;
    };
    expect(await rejectionOf(breaker.execute(down, { fallback: throwing }))).toBe(fault);
    expect(await rejectionOf(breaker.execute(down, { fallback: () => Promise.reject(fault) }))).toBe(fault);
    await breaker.isolate();
    expect(await rejectionOf(breaker.execute(down, { fallback: throwing }))).toBe(fault);
    expect(thrownBy(() => breaker.executeSync(() => 1, { fallback: throwing }))).toBe(fault);
    expect(breaker.counts).toMatchObject({ calls: 4, failures: 2, rejected: 2, successes: 0 });
    expect(recorder.of('listener-error')).toEqual([]);
  });

  it('is asked once, after the outcome is counted', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const seen: unknown[] = [];
    await breaker.execute(down, {
      fallback: () => {
        seen.push(breaker.state, breaker.counts.failures);
        return 'spare';
      },
    });
    expect(seen).toEqual(['open', 1]);
  });

  it('works for sync calls', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const throwing = (): string => {
      throw new Error('down');
    };
    expect(breaker.executeSync(throwing, { fallback: () => 'spare' })).toBe('spare');
    expect(breaker.executeSync(throwing, { fallback: () => 'spare' })).toBe('spare');
    expect(breaker.state).toBe('open');
    let given: unknown;
    const value = breaker.executeSync(() => 'value', {
      fallback: (error) => {
        given = error;
        return 'spare';
      },
    });
    expect(value).toBe('spare');
    expect(given).toBeInstanceOf(CircuitOpenError);
  });

  it('is a function, or the call is refused and nothing changes', async () => {
    const { breaker } = setUp();
    for (const fallback of ['spare', 5, null, {}, Promise.resolve('spare')]) {
      let ran = false;
      const error = await rejectionOf(
        (async () =>
          breaker.execute(
            () => {
              ran = true;
            },
            { fallback: fallback as never },
          ))(),
      );
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain('fallback');
      expect(() =>
        breaker.executeSync(
          () => {
            ran = true;
          },
          { fallback: fallback as never },
        ),
      ).toThrow(TypeError);
      expect(ran).toBe(false);
    }
    expect(breaker.counts.calls).toBe(0);
  });
});
