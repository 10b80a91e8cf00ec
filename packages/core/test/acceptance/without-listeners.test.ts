import { describe, expect, it } from 'vitest';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  CircuitOpenError,
  CircuitTrippedError,
  failureRate,
} from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { letPromisesRun } from '../let-promises-run.js';
import { RecordingListener } from '../recording-listener.js';

const START = 9_000;

function make(options: CircuitBreakerOptions = {}): { breaker: CircuitBreaker; clock: FakeClock } {
  const clock = new FakeClock(START);
  return { breaker: new CircuitBreaker('orders', { clock, ...options }), clock };
}

const kinds: Record<string, CircuitBreakerOptions> = {
  'nothing else': {},
  'a timeout': { timeoutMs: 1_000 },
  'a list': { exclude: [SyntaxError] },
  'a classifier': { classify: () => undefined },
  'a window': { trip: failureRate({ threshold: 1, windowMs: 60_000, minimumCalls: 2, slowCallMs: 10_000 }) },
};

for (const [kind, options] of Object.entries(kinds)) {
  describe(`nobody listens, ${kind}`, () => {
    const settings: CircuitBreakerOptions = {
      ...(options.trip === undefined ? { failureThreshold: 2 } : {}),
      resetTimeoutMs: 1_000,
      ...options,
    };

    it('trips, rejects, recovers', async () => {
      const { breaker, clock } = make(settings);
      const error = new Error('down');
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toMatchObject({ cause: error });
      expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 1_000, trips: 1 });
      expect(await rejectionOf(breaker.execute(() => 1))).toBeInstanceOf(CircuitOpenError);
      expect(thrownBy(() => breaker.executeSync(() => 1))).toBeInstanceOf(CircuitOpenError);
      clock.advance(1_000);
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBeInstanceOf(CircuitTrippedError);
      expect(breaker.snapshot()).toMatchObject({ state: 'open', trips: 2 });
      clock.advance(1_000);
      expect(await breaker.execute(async () => 'value')).toBe('value');
      expect(breaker.state).toBe('closed');
      expect({ ...breaker.counts }).toEqual({
        calls: 6,
        successes: 1,
        failures: 3,
        ignored: 0,
        rejected: 2,
        timeouts: 0,
        slow: 0,
      });
      expect(clock.pending).toBe(0);
    });

    it('fences late results', async () => {
      const { breaker } = make(settings);
      const good = deferred<string>();
      const bad = deferred<string>();
      const value = breaker.execute(() => good.promise);
      const seen = rejectionOf(breaker.execute(() => bad.promise));
      await breaker.open();
      await breaker.close();
      const before = breaker.snapshot();
      good.resolve('late');
      expect(await value).toBe('late');
      const error = new Error('late');
      bad.reject(error);
      expect(await seen).toBe(error);
      expect(breaker.snapshot()).toEqual(before);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    });

    it('ignores the caller’s abort', async () => {
      const { breaker, clock } = make(settings);
      const controller = new AbortController();
      const seen = rejectionOf(breaker.execute(() => new Promise(() => undefined), { signal: controller.signal }));
      controller.abort();
      expect(await seen).toBe(controller.signal.reason);
      expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
      expect(clock.pending).toBe(0);
    });

    it('joins and falls back', async () => {
      const { breaker } = make(settings);
      const value = await breaker.execute(() =>
        breaker.execute(() => Promise.reject(new Error('down')), { fallback: () => 'spare' }),
      );
      expect(value).toBe('spare');
      expect(
        breaker.executeSync(
          (): string => {
            throw new Error('down');
          },
          { fallback: () => 'spare' },
        ),
      ).toBe('spare');
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    });

    it('gives one CircuitTrippedError among failures at the same time', async () => {
      const { breaker } = make(settings);
      const error = new Error('down');
      const calls = Array.from({ length: 6 }, () => deferred<string>());
      const seen = calls.map((call) => rejectionOf(breaker.execute(() => call.promise)));
      for (const call of calls) {
        call.reject(error);
      }
      const errors = await Promise.all(seen);
      expect(errors.map((each) => each instanceof CircuitTrippedError)).toEqual([
        false,
        true,
        ...Array<boolean>(4).fill(false),
      ]);
      expect(errors.filter((each) => each === error)).toHaveLength(5);
      expect(breaker.counts.failures).toBe(6);
    });
  });
}

describe('nobody listens', () => {
  it('a classifier still learns how long a call took', async () => {
    const seen: number[] = [];
    const { breaker, clock } = make({
      classify: (outcome) => {
        seen.push(outcome.durationMs);
        return undefined;
      },
    });
    await breaker.execute(() => clock.advance(12));
    breaker.executeSync(() => clock.advance(13));
    await breaker.wrap(async () => clock.advance(14))();
    expect(seen).toEqual([12, 13, 14]);
  });

  it('slow calls are still counted', async () => {
    const { breaker, clock } = make({
      trip: failureRate({ threshold: 1, windowMs: 1_000_000, minimumCalls: 3, slowCallMs: 50 }),
    });
    for (const ms of [50, 51, 10, 51]) {
      await breaker.execute(() => clock.advance(ms));
    }
    expect(breaker.counts).toMatchObject({ successes: 4, slow: 2 });
  });
});

describe('a change while a call is in flight', () => {
  it('a listener that comes is told of its end', async () => {
    const { breaker } = make();
    const good = deferred<string>();
    const bad = deferred<string>();
    const value = breaker.execute(() => good.promise);
    const seen = rejectionOf(breaker.execute(() => bad.promise));
    const recorder = new RecordingListener();
    breaker.addListener(recorder);
    good.resolve('value');
    await value;
    const error = new Error('down');
    bad.reject(error);
    await seen;
    expect(recorder.trace).toBe('success failure');
    expect(recorder.last('success')).toMatchObject({ value: 'value', trial: false, late: false });
    expect(recorder.last('failure').error).toBe(error);
    for (const event of [recorder.last('success'), recorder.last('failure')]) {
      expect(event.durationMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('a classifier that comes is asked about its end', async () => {
    const { breaker } = make();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    const seen: number[] = [];
    breaker.configure({
      classify: (outcome) => {
        seen.push(outcome.durationMs);
        return 'failure';
      },
    });
    call.resolve('value');
    expect(await value).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toBeGreaterThanOrEqual(0);
  });

  it('a listener that goes is told no more', async () => {
    const { breaker } = make();
    const recorder = new RecordingListener();
    breaker.addListener(recorder);
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    breaker.removeListener(recorder);
    call.resolve('value');
    await value;
    expect(recorder.trace).toBe('before-call');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('options that change lose no outcome', async () => {
    const changes: CircuitBreakerOptions[] = [
      { timeoutMs: 10 },
      { timeoutMs: undefined },
      { failureThreshold: 9 },
      { trip: failureRate({ threshold: 1, windowMs: 1_000, slowCallMs: 5 }) },
      { exclude: [SyntaxError] },
      { maxTrials: 4 },
      { classify: () => undefined },
    ];
    for (const change of changes) {
      const { breaker, clock } = make({ timeoutMs: 500 });
      const good = deferred<string>();
      const bad = deferred<string>();
      const value = breaker.execute(() => good.promise);
      const seen = rejectionOf(breaker.execute(() => bad.promise));
      breaker.configure(change);
      good.resolve('value');
      expect(await value).toBe('value');
      const error = new Error('down');
      bad.reject(error);
      expect(await seen).toBe(error);
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
      expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 1 });
      expect(clock.pending).toBe(0);
    }
  });

  it('a threshold that falls meets the failure of a call begun before', async () => {
    const { breaker } = make({ failureThreshold: 5 });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    breaker.configure({ failureThreshold: 1 });
    call.reject(new Error('down'));
    expect(await seen).toBeInstanceOf(CircuitTrippedError);
    expect(breaker.state).toBe('open');
  });

  it('a ruling from within a call voids that call', async () => {
    const { breaker } = make({ failureThreshold: 1 });
    const error = new Error('down');
    const seen = await rejectionOf(
      breaker.execute(() => {
        void breaker.close();
        throw error;
      }),
    );
    expect(seen).toBe(error);
    expect(breaker.state).toBe('closed');
    expect(
      breaker.executeSync(() => {
        void breaker.open();
        return 'value';
      }),
    ).toBe('value');
    expect(breaker.state).toBe('open');
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
  });

  it('a ruling from within a classifier holds', async () => {
    const { breaker } = make({
      failureThreshold: 1,
      classify: () => {
        void breaker.isolate();
        return undefined;
      },
    });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.state).toBe('isolated');
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });
});

describe('what is thrown may be anything', () => {
  it('also where it trips, and cannot be shown as text', async () => {
    const unprintable = {
      toString: () => {
        throw new Error('not to be shown');
      },
      get message(): string {
        throw new Error('not to be shown');
      },
    };
    for (const thrown of [
      Symbol('down'),
      Object.create(null) as object,
      unprintable,
      () => 'down',
      5n,
      new Proxy({}, {}),
    ]) {
      const { breaker } = make({ failureThreshold: 1 });
      const seen = await rejectionOf(breaker.execute(() => Promise.reject(thrown)));
      expect(seen).toBeInstanceOf(CircuitTrippedError);
      expect((seen as CircuitTrippedError).cause === thrown).toBe(true);
      await breaker.close();
      const sync = thrownBy(() =>
        breaker.executeSync(() => {
          throw thrown;
        }),
      );
      expect((sync as CircuitTrippedError).cause === thrown).toBe(true);
    }
  });

  it('frozen errors too', async () => {
    const { breaker } = make({ failureThreshold: 2 });
    const error = Object.freeze(new Error('down'));
    await fail(breaker, 1, error);
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toMatchObject({ cause: error });
    await breaker.close();
    await succeed(breaker);
  });
});
