import { describe, expect, it, vi } from 'vitest';
import { CircuitOpenError, failureCount, failureRate, type Tally } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('seen in opossum', () => {
  it('a failure listener that throws leaves the caller’s promise pending for ever', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { breaker } = setUp({
      listeners: [
        {
          onFailure: () => {
            throw new Error('bad listener');
          },
        },
      ],
    });
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(await breaker.execute(() => Promise.reject(error), { fallback: () => 'spare' })).toBe('spare');
    vi.restoreAllMocks();
  });

  it('one timeout aborts every call in flight', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100, failureThreshold: 100 });
    const calls = Array.from({ length: 10 }, () => deferred<string>());
    const signals: AbortSignal[] = [];
    const seen: Promise<unknown>[] = [];
    for (const call of calls) {
      const value = breaker.execute(({ signal }) => {
        signals.push(signal);
        return call.promise;
      });
      seen.push(value.catch((error: unknown) => error));
      await clock.advanceAsync(10);
    }
    await clock.advanceAsync(0);
    expect(signals.map((signal) => signal.aborted)).toEqual([true, ...Array<boolean>(9).fill(false)]);
    for (const call of calls) {
      call.resolve('value');
    }
    expect((await Promise.all(seen)).filter((value) => value === 'value')).toHaveLength(9);
  });

  it('rejections count as calls, so that thousands of failures are needed to trip again', async () => {
    const { breaker, clock } = setUp({
      trip: failureRate({ threshold: 0.5, windowMs: 3_600_000, minimumCalls: 10 }),
      resetTimeoutMs: 1_000,
    });
    await fail(breaker, 10);
    expect(breaker.state).toBe('open');
    for (let call = 0; call < 2_000; call += 1) {
      await breaker.execute(() => 1).catch(() => undefined);
    }
    expect(breaker.counts.rejected).toBe(2_000);
    clock.advance(1_000);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker, 9);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('a late success closes the circuit without a trial', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await fail(breaker);
    call.resolve('late');
    await value;
    expect(breaker.state).toBe('open');
    expect(recorder.of('state-change')).toHaveLength(1);
  });

  it('a failing call costs the more the more calls its window holds', () => {
    const failure: Tally = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };
    const rate = failureRate({ threshold: 1, windowMs: 1_000_000 });
    const count = failureCount({ threshold: 1_000_000, windowMs: 1_000_000 });
    const sizes = (calls: number): number[] => {
      let one = rate.initial();
      let two = count.initial();
      for (let call = 0; call < calls; call += 1) {
        one = rate.record(one, failure, call);
        two = count.record(two, failure, call);
      }
      return [JSON.stringify(one).length, JSON.stringify(two).length];
    };
    for (const size of sizes(100_000)) {
      expect(size).toBeLessThan(10_000);
    }
  });
});

describe('seen in cockatiel', () => {
  it('a trial that never settles parks all callers for ever', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000, trialTimeoutMs: 5_000 });
    await fail(breaker);
    clock.advance(1_000);
    const hung = rejectionOf(breaker.execute(never));
    const others = Array.from({ length: 10 }, () => rejectionOf(breaker.execute(() => 1)));
    for (const error of await Promise.all(others)) {
      expect(error).toBeInstanceOf(CircuitOpenError);
    }
    await clock.advanceAsync(5_000);
    await hung;
    await clock.advanceAsync(1_000);
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.state).toBe('closed');
  });

  it('a thousand callers that were parked rush in at once', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    const trial = deferred<string>();
    let ran = 0;
    const calls = Array.from({ length: 1_001 }, () =>
      breaker
        .execute(() => {
          ran += 1;
          return trial.promise;
        })
        .catch((error: unknown) => error),
    );
    trial.resolve('value');
    await Promise.all(calls);
    await letPromisesRun();
    expect(ran).toBe(1);
    expect(breaker.counts).toMatchObject({ rejected: 1_000, successes: 1 });
  });

  it('a late failure opens the circuit again', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    call.reject(new Error('late'));
    await seen;
    expect(breaker.state).toBe('closed');
  });

  it('a caller’s abort counts as a failure', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const controller = new AbortController();
    const seen = rejectionOf(
      breaker.execute(
        ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
        { signal: controller.signal },
      ),
    );
    controller.abort();
    await seen;
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
  });

  it('a sampling window still counts ten failures an idle hour later', async () => {
    for (const trip of [
      failureRate({ threshold: 0.5, windowMs: 60_000, minimumCalls: 11 }),
      failureCount({ threshold: 11, windowMs: 60_000 }),
    ]) {
      const { breaker, clock } = setUp({ trip });
      await fail(breaker, 10);
      clock.advance(3_600_000);
      await fail(breaker);
      expect(breaker.state).toBe('closed');
      expect(breaker.snapshot().failures).toBe(1);
    }
  });
});

describe('seen in pybreaker', () => {
  it('a lock is held while the call runs', async () => {
    const { breaker } = setUp();
    const slow = deferred<string>();
    const first = breaker.execute(() => slow.promise);
    expect(await breaker.execute(async () => 'quick')).toBe('quick');
    slow.resolve('slow');
    expect(await first).toBe('slow');
  });

  it('leaving a generator early is a failure', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const make = breaker.wrap(function* () {
      yield 1;
      yield 2;
    });
    for (const item of make()) {
      expect(item).toBe(1);
      break;
    }
    expect(breaker.state).toBe('closed');
  });

  it('the breaker counts before the generator’s own except', () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* (): Generator<string, string, undefined> {
      try {
        yield 'item';
      } catch {
        return 'handled';
      }
      return 'end';
    })();
    items.next();
    expect(items.throw(new Error('down'))).toEqual({ value: 'handled', done: true });
    expect(breaker.state).toBe('closed');
  });

  it('a late generator closes an open circuit', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    items.next();
    await fail(breaker);
    items.next();
    expect(breaker.state).toBe('open');
  });

  it('a class in exclude is mistaken for a predicate, or the other way round', async () => {
    const { breaker } = setUp({ exclude: [RangeError, (error: unknown) => error === 'fine'] });
    await fail(breaker, 1, new RangeError());
    await fail(breaker, 1, 'fine');
    await fail(breaker, 1, new Error('down'));
    expect(breaker.counts).toMatchObject({ successes: 2, failures: 1 });
  });

  it('a predicate that throws loses the error of the call', async () => {
    const { breaker } = setUp({
      exclude: [
        () => {
          throw new Error('bad predicate');
        },
      ],
    });
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.counts.failures).toBe(1);
  });

  it('opening an open circuit extends it', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(999);
    await breaker.open();
    clock.advance(1);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('reading resets what is shared', async () => {
    const { breaker } = setUp();
    await fail(breaker, 3);
    breaker.snapshot();
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(3);
  });

  it('listeners hear of redundant changes, and see the old state', async () => {
    const { breaker, recorder } = setUp();
    const seen: unknown[] = [];
    breaker.addListener({ onStateChange: () => void seen.push(breaker.state) });
    await breaker.close();
    await breaker.open();
    await breaker.open();
    expect(recorder.trace).toBe('closed>open');
    expect(seen).toEqual(['open']);
  });

  it('one error stands for three meanings', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, timeoutMs: 100 });
    const timedOut = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    const tripped = await rejectionOf(breaker.execute(() => Promise.reject(new Error('down'))));
    const open = await rejectionOf(breaker.execute(() => 1));
    const codes = [await timedOut, tripped, open].map((error) => (error as { code: string }).code);
    expect(codes).toEqual(['ERR_CIRCUIT_TIMEOUT', 'ERR_CIRCUIT_TRIPPED', 'ERR_CIRCUIT_OPEN']);
  });
});

describe('seen in gobreaker’s distributed breaker', () => {
  it('the call runs under a lock, and the state is read before it', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const slow = deferred<string>();
    const first = breaker.execute(() => slow.promise);
    await fail(breaker);
    expect(await rejectionOf(breaker.execute(() => 1))).toBeInstanceOf(CircuitOpenError);
    slow.resolve('value');
    expect(await first).toBe('value');
    expect(breaker.state).toBe('open');
  });
});
