import { afterEach, describe, expect, it, vi } from 'vitest';
import { CircuitBreaker, CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';
import { watchSignal } from '../watched-signal.js';

const never = (): Promise<never> => new Promise(() => undefined);

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Counts the AbortControllers made while `run` runs. */
async function controllersMadeBy(run: () => Promise<unknown>): Promise<number> {
  let made = 0;
  const Original = AbortController;
  vi.stubGlobal(
    'AbortController',
    class extends Original {
      constructor() {
        super();
        made += 1;
      }
    },
  );
  try {
    await run();
  } finally {
    vi.unstubAllGlobals();
  }
  return made;
}

describe('timeoutMs', () => {
  it('fails a call still pending then, and aborts it', async () => {
    const { breaker, clock, recorder } = setUp({ timeoutMs: 100 });
    let inner: AbortSignal | undefined;
    const seen = rejectionOf(
      breaker.execute(({ signal }) => {
        inner = signal;
        return never();
      }),
    );
    await clock.advanceAsync(99);
    expect(inner?.aborted).toBe(false);
    expect(breaker.counts.failures).toBe(0);
    await clock.advanceAsync(1);
    const error = await seen;
    expect(error).toBeInstanceOf(CircuitTimeoutError);
    expect(error).toMatchObject({
      code: 'ERR_CIRCUIT_TIMEOUT',
      timeoutMs: 100,
      circuit: 'orders',
      name: 'CircuitTimeoutError',
    });
    expect(inner?.aborted).toBe(true);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, timeouts: 1, successes: 0, ignored: 0 });
    expect(recorder.trace).toBe('before-call failure');
    expect(recorder.last('failure')).toMatchObject({ error, durationMs: 100 });
  });

  it('lets a call be that ends in time', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await clock.advanceAsync(99);
    call.resolve('value');
    expect(await value).toBe('value');
    await clock.advanceAsync(1_000);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0, timeouts: 0 });
  });

  it('counts a call once, though it settles later', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const value = deferred<string>();
    const error = deferred<string>();
    const calls = [
      rejectionOf(breaker.execute(() => value.promise)),
      rejectionOf(breaker.execute(() => error.promise)),
    ];
    await clock.advanceAsync(100);
    await Promise.all(calls);
    value.resolve('late');
    error.reject(new Error('late'));
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ calls: 2, failures: 2, timeouts: 2, successes: 0 });
  });

  it('trips, with the timeout as the cause', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100, failureThreshold: 1 });
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    const error = await seen;
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect((error as CircuitTrippedError).cause).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.state).toBe('open');
  });

  it('trips with the timeout itself where throwNewErrorOnTrip is false', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100, failureThreshold: 1, throwNewErrorOnTrip: false });
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.state).toBe('open');
  });

  it('cannot be excluded or ignored', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100, exclude: [Error], ignore: [() => true] });
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    await seen;
    expect(breaker.counts).toMatchObject({ failures: 1, successes: 0, ignored: 0 });
  });

  it('is none by default', async () => {
    const { breaker, clock } = setUp();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    expect(clock.pending).toBe(0);
    await clock.advanceAsync(1_000_000_000);
    call.resolve('value');
    expect(await value).toBe('value');
  });

  it('of one call aborts no other', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const signals: AbortSignal[] = [];
    const early = rejectionOf(
      breaker.execute(({ signal }) => {
        signals.push(signal);
        return never();
      }),
    );
    await clock.advanceAsync(60);
    const call = deferred<string>();
    const later = breaker.execute(({ signal }) => {
      signals.push(signal);
      return call.promise;
    });
    await clock.advanceAsync(40);
    await early;
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false]);
    call.resolve('value');
    expect(await later).toBe('value');
  });

  it('applies to a trial too, where it comes before the deadline', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100, trialTimeoutMs: 500 });
    await breaker.halfOpen();
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    expect(await seen).toMatchObject({
      name: 'CircuitTrippedError',
      cause: { name: 'CircuitTimeoutError', timeoutMs: 100 },
    });
    expect(breaker.state).toBe('open');
    expect(breaker.counts).toMatchObject({ failures: 1, timeouts: 1 });
  });

  it('works for wrapped functions', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const seen = rejectionOf(breaker.wrap(never)());
    await clock.advanceAsync(100);
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
  });

  it('longer than a timer of the platform can hold does not end at once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const breaker = new CircuitBreaker('orders', { timeoutMs: 3_000_000_000 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await vi.advanceTimersByTimeAsync(60_000);
    call.resolve('value');
    expect(await value).toBe('value');
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0 });
  });
});

describe('timers', () => {
  it('exist only while a call with timeoutMs runs', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    expect(clock.pending).toBe(0);
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    expect(clock.pending).toBe(1);
    call.resolve('value');
    await value;
    expect(clock.pending).toBe(0);
    await fail(breaker);
    expect(clock.pending).toBe(0);
    await breaker
      .execute(() => {
        throw new Error('down');
      })
      .catch(() => undefined);
    expect(clock.pending).toBe(0);
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    await seen;
    expect(clock.pending).toBe(0);
  });

  it('exist only while a trial runs', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    expect(clock.pending).toBe(0);
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    expect(clock.pending).toBeGreaterThan(0);
    call.resolve('value');
    await value;
    expect(clock.pending).toBe(0);
  });

  it('are gone after every end of a trial', async () => {
    const ends: Record<string, () => unknown> = {
      failure: () => Promise.reject(new Error('down')),
      ignored: () => Promise.reject(new RangeError('says nothing')),
      success: () => 'value',
      throwing: () => {
        throw new Error('down');
      },
    };
    for (const end of Object.values(ends)) {
      const { breaker, clock } = setUp({ ignore: [RangeError], timeoutMs: 100 });
      await breaker.halfOpen();
      await breaker.execute(end).catch(() => undefined);
      expect(clock.pending).toBe(0);
    }
  });

  it('are none for a rejection, nor for an open circuit', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, timeoutMs: 100 });
    await fail(breaker);
    await rejectionOf(breaker.execute(() => 1));
    expect(clock.pending).toBe(0);
    await breaker.isolate();
    await rejectionOf(breaker.execute(() => 1));
    expect(clock.pending).toBe(0);
  });

  it('do not keep a process alive', () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    void breaker.execute(never);
    void breaker.halfOpen();
    void breaker.execute(never);
    expect(clock.pending).toBeGreaterThanOrEqual(2);
    expect(clock.referenced).toBe(0);
  });

  it('may have handles of any kind', async () => {
    let next = 0;
    const waiting = new Map<number, () => void>();
    const breaker = new CircuitBreaker('orders', {
      timeoutMs: 100,
      clock: {
        now: () => 0,
        setTimeout: (run: () => void) => {
          next += 1;
          waiting.set(next, run);
          return next;
        },
        clearTimeout: (handle: unknown) => {
          waiting.delete(handle as number);
        },
      },
    });
    await succeed(breaker);
    expect(next).toBe(1);
    expect(waiting.size).toBe(0);
    const seen = rejectionOf(breaker.execute(never));
    for (const run of [...waiting.values()]) {
      run();
    }
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
  });

  it('are gone after a caller’s abort', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const controller = new AbortController();
    const seen = rejectionOf(breaker.execute(never, { signal: controller.signal }));
    controller.abort();
    await seen;
    expect(clock.pending).toBe(0);
  });
});

describe('the caller’s own abort', () => {
  it('is what the caller sees, at once, and is ignored', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const controller = new AbortController();
    let inner: AbortSignal | undefined;
    const seen = rejectionOf(
      breaker.execute(
        ({ signal }) => {
          inner = signal;
          return never();
        },
        { signal: controller.signal },
      ),
    );
    expect(inner?.aborted).toBe(false);
    const reason = new Error('the user left');
    controller.abort(reason);
    expect(inner?.aborted).toBe(true);
    expect(await seen).toBe(reason);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0, successes: 0, rejected: 0 });
    expect(recorder.trace).toBe('before-call ignore');
  });

  it('is seen with the reason of the signal, whatever that is', async () => {
    const { breaker } = setUp();
    const plain = new AbortController();
    const seen = rejectionOf(breaker.execute(never, { signal: plain.signal }));
    plain.abort();
    expect(await seen).toBe(plain.signal.reason);
    const text = new AbortController();
    const other = rejectionOf(breaker.execute(never, { signal: text.signal }));
    text.abort('text');
    expect(await other).toBe('text');
  });

  it('needs no call that listens: it is seen though the signal is never read', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise, { signal: controller.signal }));
    controller.abort();
    expect(await seen).toBe(controller.signal.reason);
    call.reject(new Error('late'));
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0 });
  });

  it('ignores the error that the call rejects with because of it', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const controller = new AbortController();
    const seen = rejectionOf(
      breaker.execute(
        ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => reject(new Error('the socket was closed')));
          }),
        { signal: controller.signal },
      ),
    );
    controller.abort();
    expect(await seen).toBe(controller.signal.reason);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('in the call’s own first turn is seen as well', async () => {
    for (const end of [
      () => new Promise(() => undefined),
      () => {
        throw new Error('the socket was closed');
      },
      () => Promise.reject(new Error('the socket was closed')),
    ]) {
      const { breaker, clock } = setUp({ failureThreshold: 1, timeoutMs: 100 });
      const controller = new AbortController();
      const seen = rejectionOf(
        breaker.execute(
          () => {
            controller.abort();
            return end();
          },
          { signal: controller.signal },
        ),
      );
      await letPromisesRun();
      expect(await seen).toBe(controller.signal.reason);
      expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0 });
      expect(clock.pending).toBe(0);
    }
  });

  it('that a listener makes as the call begins is seen as well', async () => {
    for (const end of [never, () => Promise.reject(new Error('the socket was closed'))]) {
      const { breaker, clock } = setUp({ failureThreshold: 1, timeoutMs: 100 });
      const controller = new AbortController();
      breaker.addListener({ onBeforeCall: () => controller.abort() });
      let seen: unknown;
      breaker.execute(end, { signal: controller.signal }).catch((error: unknown) => {
        seen = error;
      });
      await letPromisesRun();
      expect(seen).toBe(controller.signal.reason);
      expect(breaker.state).toBe('closed');
      expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0, successes: 0 });
      expect(clock.pending).toBe(0);
    }
  });

  it('that a listener makes as a trial begins frees its place', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.open();
    clock.advance(1_000);
    const controller = new AbortController();
    breaker.addListener({ onStateChange: () => controller.abort() });
    let seen: unknown;
    breaker.execute(never, { signal: controller.signal }).catch((error: unknown) => {
      seen = error;
    });
    await letPromisesRun();
    expect(seen).toBe(controller.signal.reason);
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('before the call: nothing runs, counted as ignored', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const reason = new Error('too late');
    let ran = false;
    const seen = await rejectionOf(
      breaker.execute(
        () => {
          ran = true;
        },
        { signal: AbortSignal.abort(reason) },
      ),
    );
    expect(seen).toBe(reason);
    expect(ran).toBe(false);
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, successes: 0, failures: 0, rejected: 0 });
    expect(clock.pending).toBe(0);
  });

  it('before the call takes no trial’s place', async () => {
    const { breaker } = setUp();
    await breaker.halfOpen();
    await rejectionOf(breaker.execute(() => 1, { signal: AbortSignal.abort() }));
    expect(breaker.state).toBe('half-open');
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('frees the place of a trial', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    const controller = new AbortController();
    const seen = rejectionOf(breaker.execute(never, { signal: controller.signal }));
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    controller.abort();
    await seen;
    expect(breaker.state).toBe('half-open');
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('after the call changes nothing', async () => {
    const { breaker, recorder } = setUp();
    const controller = new AbortController();
    let inner: AbortSignal | undefined;
    await breaker.execute(
      ({ signal }) => {
        inner = signal;
      },
      { signal: controller.signal },
    );
    recorder.clear();
    controller.abort();
    await letPromisesRun();
    expect(inner?.aborted).toBe(false);
    expect(recorder.events).toEqual([]);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, ignored: 0 });
  });

  it('after a timeout changes nothing', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const controller = new AbortController();
    const seen = rejectionOf(breaker.execute(never, { signal: controller.signal }));
    await clock.advanceAsync(100);
    controller.abort();
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, ignored: 0 });
  });

  it('of one call leaves the others alone', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(never, { signal: controller.signal }));
    const value = breaker.execute(() => call.promise);
    controller.abort();
    await seen;
    call.resolve('value');
    expect(await value).toBe('value');
  });

  it('of a signal that many calls share ends them all, each ignored once', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const controller = new AbortController();
    const seen = Array.from({ length: 10 }, () => rejectionOf(breaker.execute(never, { signal: controller.signal })));
    controller.abort();
    expect(new Set(await Promise.all(seen))).toEqual(new Set([controller.signal.reason]));
    expect(breaker.counts).toMatchObject({ calls: 10, ignored: 10 });
  });

  it('of an AbortError that is not the caller’s is a failure like any other', async () => {
    const { breaker } = setUp();
    await fail(breaker, 1, new DOMException('aborted', 'AbortError'));
    expect(breaker.counts).toMatchObject({ failures: 1, ignored: 0 });
  });
});

describe('the caller’s signal', () => {
  it('has nothing attached after any end of a call', async () => {
    const ends: Record<string, () => unknown> = {
      'a value': () => 'value',
      'a promise': async () => 'value',
      'an error': async () => {
        throw new Error('down');
      },
      'a throw': () => {
        throw new Error('down');
      },
    };
    for (const reads of [true, false]) {
      for (const end of Object.values(ends)) {
        const { breaker } = setUp({ timeoutMs: 100 });
        const { signal } = new AbortController();
        const watched = watchSignal(signal);
        await breaker
          .execute(
            (context) => {
              if (reads) {
                expect(context.signal.aborted).toBe(false);
              }
              return end();
            },
            { signal },
          )
          .catch(() => undefined);
        expect(watched.attached).toBe(0);
      }
    }
  });

  it('has nothing attached after a timeout', async () => {
    for (const reads of [true, false]) {
      const { breaker, clock } = setUp({ timeoutMs: 100 });
      const { signal } = new AbortController();
      const watched = watchSignal(signal);
      const seen = rejectionOf(
        breaker.execute(
          (context) => {
            if (reads) {
              expect(context.signal.aborted).toBe(false);
            }
            return never();
          },
          { signal },
        ),
      );
      expect(watched.attached).toBeGreaterThan(0);
      await clock.advanceAsync(100);
      await seen;
      expect(watched.attached).toBe(0);
    }
  });

  it('has nothing attached after a rejection or a trial’s deadline', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 500 });
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    await breaker.halfOpen();
    const seen = rejectionOf(breaker.execute(never, { signal }));
    await clock.advanceAsync(500);
    await seen;
    expect(watched.attached).toBe(0);
    expect(await rejectionOf(breaker.execute(() => 1, { signal }))).toBeInstanceOf(CircuitOpenError);
    expect(watched.attached).toBe(0);
  });

  it('has nothing attached after its abort', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    const watched = watchSignal(controller.signal);
    const seen = rejectionOf(breaker.execute(never, { signal: controller.signal }));
    controller.abort();
    await seen;
    expect(watched.attached).toBe(0);
  });

  it('serves a thousand calls without piling anything up', async () => {
    const { breaker } = setUp();
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    for (let call = 0; call < 1_000; call += 1) {
      await breaker.execute((context) => context.signal.aborted, { signal });
    }
    expect(watched.attached).toBe(0);
  });

  it('has nothing attached where the call’s own is first read after the end', async () => {
    const { breaker } = setUp();
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    let context: { readonly signal: AbortSignal } | undefined;
    await breaker.execute(
      (given) => {
        context = given;
      },
      { signal },
    );
    expect(context?.signal).toBeInstanceOf(AbortSignal);
    expect(watched.attached).toBe(0);
  });
});

describe('the call’s own signal', () => {
  it('is one', async () => {
    const { breaker } = setUp();
    await breaker.execute((context) => {
      expect(context.signal).toBeInstanceOf(AbortSignal);
      expect(context.signal).toBe(context.signal);
      expect(context.signal.aborted).toBe(false);
    });
  });

  it('is another for every call', async () => {
    const { breaker } = setUp({ timeoutMs: 100 });
    const signals = new Set<AbortSignal>();
    for (let call = 0; call < 3; call += 1) {
      await breaker.execute(({ signal }) => signals.add(signal));
    }
    expect(signals.size).toBe(3);
  });

  it('is made when it is first read, once', async () => {
    const { breaker } = setUp({ timeoutMs: 100 });
    const caller = new AbortController();
    const unread = await controllersMadeBy(async () => {
      await breaker.execute(() => 1);
      await breaker.execute(async () => 1, { signal: caller.signal });
      await fail(breaker);
      await breaker.wrap(async () => 1)();
      await breaker.acquire().then((permit) => permit.succeed());
    });
    expect(unread).toBe(0);
    const readTwice = await controllersMadeBy(async () => {
      await breaker.execute((context) => [context.signal, context.signal]);
    });
    expect(readTwice).toBeLessThanOrEqual(1);
  });

  it('is not made where a timeout or an abort comes and nobody has read it', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const caller = new AbortController();
    const made = await controllersMadeBy(async () => {
      const timedOut = rejectionOf(breaker.execute(never));
      await clock.advanceAsync(100);
      await timedOut;
      const aborted = rejectionOf(breaker.execute(never, { signal: caller.signal }));
      caller.abort();
      await aborted;
    });
    expect(made).toBe(0);
  });

  it('is aborted where it is first read after the timeout', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const gate = deferred();
    let aborted: boolean | undefined;
    const seen = rejectionOf(
      breaker.execute(async (context) => {
        await gate.promise;
        aborted = context.signal.aborted;
      }),
    );
    await clock.advanceAsync(100);
    await seen;
    gate.resolve(undefined);
    await letPromisesRun();
    expect(aborted).toBe(true);
  });

  it('is aborted where it is first read after the caller’s abort', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    const gate = deferred();
    let aborted: boolean | undefined;
    const seen = rejectionOf(
      breaker.execute(
        async (context) => {
          await gate.promise;
          aborted = context.signal.aborted;
        },
        { signal: controller.signal },
      ),
    );
    controller.abort();
    await seen;
    gate.resolve(undefined);
    await letPromisesRun();
    expect(aborted).toBe(true);
  });
});

describe('bad input', () => {
  it('a signal that is no signal', async () => {
    const { breaker } = setUp();
    for (const signal of ['text', 5, null, {}, new AbortController(), { aborted: false }]) {
      let ran = false;
      const bad = rejectionOf(
        (async () =>
          breaker.execute(
            () => {
              ran = true;
            },
            { signal: signal as never },
          ))(),
      );
      const error = await bad;
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toContain('signal');
      expect(ran).toBe(false);
    }
    expect(breaker.counts.calls).toBe(0);
  });

  it('a call that is no function', async () => {
    const { breaker, recorder } = setUp();
    for (const call of ['text', 5, null, undefined, {}, Promise.resolve(1)]) {
      await expect((async () => breaker.execute(call as never))()).rejects.toThrow(TypeError);
    }
    expect(breaker.counts.calls).toBe(0);
    expect(recorder.events).toEqual([]);
  });

  it('options that are no object, and options that nobody knows', async () => {
    const { breaker } = setUp();
    for (const options of ['text', 5, null, () => 1]) {
      await expect((async () => breaker.execute(() => 1, options as never))()).rejects.toThrow(TypeError);
    }
    await expect((async () => breaker.execute(() => 1, { timeout: 5 } as never))()).rejects.toThrow(TypeError);
    await expect((async () => breaker.execute(() => 1, { timeout: 5 } as never))()).rejects.toThrow(/timeout/);
    expect(breaker.counts.calls).toBe(0);
  });

  it('undefined is absent', async () => {
    const { breaker } = setUp();
    expect(await breaker.execute(() => 1, { signal: undefined, fallback: undefined } as never)).toBe(1);
    expect(await breaker.execute(() => 1, undefined)).toBe(1);
  });
});
