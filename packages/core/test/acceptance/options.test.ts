import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  consecutiveFailures,
  failureRate,
  lastCalls,
} from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { RecordingListener } from '../recording-listener.js';

afterEach(() => {
  vi.useRealTimers();
});

function make(options: unknown): () => CircuitBreaker {
  return () => new CircuitBreaker('orders', options as CircuitBreakerOptions);
}

/** Checks that an option's value is refused with an error of that kind, which names both and says more. */
function expectRefused(option: string, value: unknown, kinds: readonly (typeof TypeError | typeof RangeError)[]): void {
  const error = thrownBy(make({ [option]: value })) as Error;
  expect(
    kinds.some((kind) => error instanceof kind),
    `${option}: ${String(value)}: ${error.name}: ${error.message}`,
  ).toBe(true);
  expect(error.message).toContain(option);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' || value === null) {
    expect(error.message).toContain(String(value));
  }
  const rest = error.message.replaceAll(option, '').replaceAll(String(value), '');
  expect(rest.replace(/[^a-z]/gi, '').length).toBeGreaterThan(8);
}

describe('the name', () => {
  it('is a string that is not empty', () => {
    for (const name of [undefined, null, 5, {}, ['orders'], Symbol('orders'), () => 'orders']) {
      expect(() => new CircuitBreaker(name as never)).toThrow(TypeError);
      expect(() => new CircuitBreaker(name as never)).toThrow(/name/);
    }
    expect(() => new CircuitBreaker('')).toThrow(/name/);
  });

  it('may be any other string', () => {
    for (const name of [' ', 'orders', 'a:b{c}', '__proto__', 'näme', '\u0000']) {
      expect(new CircuitBreaker(name).name).toBe(name);
    }
  });
});

describe('the defaults', () => {
  it('are those of the contract', () => {
    const { options } = new CircuitBreaker('orders');
    expect(options).toMatchObject({
      failureThreshold: 5,
      resetTimeoutMs: 60_000,
      successThreshold: 1,
      maxTrials: 1,
      trialTimeoutMs: 30_000,
      exclude: [],
      ignore: [],
      throwNewErrorOnTrip: true,
      rejectionStackTrace: false,
    });
    expect(options.timeoutMs).toBeUndefined();
    expect(options.classify).toBeUndefined();
    expect(options.trip).toBeUndefined();
    expect(typeof options.clock.now()).toBe('number');
    expect(options.random).toBe(Math.random);
  });

  it('trialTimeoutMs is not below timeoutMs', () => {
    expect(new CircuitBreaker('orders', { timeoutMs: 100 }).options.trialTimeoutMs).toBe(30_000);
    expect(new CircuitBreaker('orders', { timeoutMs: 30_001 }).options.trialTimeoutMs).toBe(30_001);
  });

  it('hold for every option that is undefined', () => {
    const names = [
      'failureThreshold',
      'trip',
      'resetTimeoutMs',
      'successThreshold',
      'maxTrials',
      'trialTimeoutMs',
      'timeoutMs',
      'exclude',
      'ignore',
      'classify',
      'throwNewErrorOnTrip',
      'rejectionStackTrace',
      'listeners',
      'clock',
      'random',
    ];
    const breaker = make(Object.fromEntries(names.map((name) => [name, undefined])))();
    const plain = new CircuitBreaker('orders');
    for (const name of names.filter((each) => each !== 'clock' && each !== 'listeners')) {
      expect(Reflect.get(breaker.options, name), name).toEqual(Reflect.get(plain.options, name));
    }
    expect(
      make({ failureThreshold: undefined, trip: consecutiveFailures(2) })().options.failureThreshold,
    ).toBeUndefined();
    expect(make({ failureThreshold: 2, trip: undefined })().options.failureThreshold).toBe(2);
    expect(make(undefined)().options.failureThreshold).toBe(5);
  });
});

describe('breaker.options', () => {
  it('shows what was given', () => {
    const clock = new FakeClock();
    const random = (): number => 0.5;
    const classify = (): undefined => undefined;
    const resetTimeoutMs = (): number => 10;
    class NotFound extends Error {}
    const isBusy = (error: unknown): boolean => error === 'busy';
    const { options } = new CircuitBreaker('orders', {
      failureThreshold: 3,
      resetTimeoutMs,
      successThreshold: 2,
      maxTrials: 4,
      trialTimeoutMs: 900,
      timeoutMs: 800,
      exclude: [NotFound],
      ignore: [isBusy],
      classify,
      throwNewErrorOnTrip: false,
      rejectionStackTrace: true,
      clock,
      random,
    });
    expect(options).toMatchObject({
      failureThreshold: 3,
      successThreshold: 2,
      maxTrials: 4,
      trialTimeoutMs: 900,
      timeoutMs: 800,
      throwNewErrorOnTrip: false,
      rejectionStackTrace: true,
    });
    expect(options.resetTimeoutMs).toBe(resetTimeoutMs);
    expect(options.exclude).toEqual([NotFound]);
    expect(options.ignore).toEqual([isBusy]);
    expect(options.classify).toBe(classify);
    expect(options.clock).toBe(clock);
    expect(options.random).toBe(random);
  });

  it('has trip where one was given, else failureThreshold', () => {
    const trip = failureRate({ threshold: 0.5, windowMs: 1_000 });
    const { options } = new CircuitBreaker('orders', { trip });
    expect(options.trip).toBe(trip);
    expect(options.failureThreshold).toBeUndefined();
    expect(new CircuitBreaker('orders', { failureThreshold: 7 }).options.trip).toBeUndefined();
  });

  it('is frozen', () => {
    const breaker = new CircuitBreaker('orders');
    expect(Object.isFrozen(breaker.options)).toBe(true);
    expect(Reflect.set(breaker.options, 'failureThreshold', 1)).toBe(false);
    expect(breaker.options.failureThreshold).toBe(5);
  });

  it('makes a breaker like it', async () => {
    const settings: CircuitBreakerOptions[] = [
      {},
      { failureThreshold: 2, timeoutMs: 50_000, exclude: [RangeError] },
      { trip: lastCalls({ size: 2, threshold: 1 }), maxTrials: 2, throwNewErrorOnTrip: false },
      { clock: new FakeClock(), listeners: [new RecordingListener()], resetTimeoutMs: 0, classify: () => undefined },
    ];
    for (const options of settings) {
      const breaker = new CircuitBreaker('orders', options);
      const other = new CircuitBreaker('others', breaker.options);
      expect(other.options).toEqual(breaker.options);
    }
    const first = new CircuitBreaker('orders', { trip: lastCalls({ size: 2, threshold: 1 }) });
    const second = new CircuitBreaker('others', first.options);
    await fail(second, 2);
    expect(second.state).toBe('open');
    expect(first.state).toBe('closed');
  });

  it('makes a breaker like it after configure, too', () => {
    const breaker = new CircuitBreaker('orders', { failureThreshold: 2 });
    breaker.configure({ trip: lastCalls({ size: 2, threshold: 1 }), timeoutMs: 40_000, trialTimeoutMs: 50_000 });
    expect(new CircuitBreaker('others', breaker.options).options).toEqual(breaker.options);
    breaker.configure({ failureThreshold: 3, timeoutMs: undefined });
    expect(new CircuitBreaker('others', breaker.options).options).toEqual(breaker.options);
  });
});

describe('bad options', () => {
  it('are no object', () => {
    for (const options of [null, 5, 'text', true, () => ({})]) {
      expect(make(options)).toThrow(TypeError);
    }
  });

  it('are unknown: the name is told', () => {
    for (const name of ['failureTreshold', 'timeout', 'fail_max', 'resetTimeout', 'fallback', 'name']) {
      expect(make({ [name]: 5 })).toThrow(TypeError);
      expect(make({ [name]: 5 })).toThrow(name);
    }
  });

  it('counts: integers of at least 1', () => {
    for (const option of ['failureThreshold', 'successThreshold', 'maxTrials']) {
      for (const value of [0, -1, 1.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        expectRefused(option, value, [RangeError]);
      }
      expectRefused(option, Number.NaN, [RangeError, TypeError]);
      for (const value of ['5', null, true, {}, [], () => 5, 5n]) {
        expectRefused(option, value, [TypeError]);
      }
    }
  });

  it('durations: finite and above 0', () => {
    for (const option of ['timeoutMs', 'trialTimeoutMs']) {
      for (const value of [0, -1, Number.POSITIVE_INFINITY]) {
        expectRefused(option, value, [RangeError]);
      }
      expectRefused(option, Number.NaN, [RangeError, TypeError]);
      for (const value of ['5', null, true, {}, () => 5, 5n]) {
        expectRefused(option, value, [TypeError]);
      }
      expect(make({ [option]: 0.5 })).not.toThrow();
    }
  });

  it('resetTimeoutMs: finite, 0 or more, or a function', () => {
    for (const value of [-1, -0.001, Number.POSITIVE_INFINITY]) {
      expectRefused('resetTimeoutMs', value, [RangeError]);
    }
    expectRefused('resetTimeoutMs', Number.NaN, [RangeError, TypeError]);
    for (const value of ['5', null, true, {}]) {
      expectRefused('resetTimeoutMs', value, [TypeError]);
    }
    for (const value of [0, 0.5, 1e12, () => 5]) {
      expect(make({ resetTimeoutMs: value })).not.toThrow();
    }
  });

  it('flags: booleans', () => {
    for (const option of ['throwNewErrorOnTrip', 'rejectionStackTrace']) {
      for (const value of [0, 1, 'true', null, {}]) {
        expectRefused(option, value, [TypeError]);
      }
    }
  });

  it('random: a function', () => {
    for (const value of [0.5, 'text', null, {}]) {
      expectRefused('random', value, [TypeError]);
    }
  });

  it('clock: one that can tell the time, set a timer and clear it', () => {
    const whole = { now: () => 0, setTimeout: () => 1, clearTimeout: () => undefined };
    for (const value of [5, 'text', null, {}, Date, () => 0]) {
      expectRefused('clock', value, [TypeError]);
    }
    for (const member of ['now', 'setTimeout', 'clearTimeout']) {
      expect(make({ clock: { ...whole, [member]: undefined } })).toThrow(TypeError);
      expect(make({ clock: { ...whole, [member]: 5 } })).toThrow(/clock/);
    }
    expect(make({ clock: whole })).not.toThrow();
  });

  it('contradict each other: failureThreshold with trip', () => {
    expect(make({ failureThreshold: 5, trip: consecutiveFailures(5) })).toThrow(TypeError);
    expect(make({ failureThreshold: 5, trip: consecutiveFailures(5) })).toThrow(/failureThreshold/);
    expect(make({ failureThreshold: 5, trip: consecutiveFailures(5) })).toThrow(/trip/);
  });

  it('contradict each other: trialTimeoutMs below timeoutMs', () => {
    expect(make({ timeoutMs: 200, trialTimeoutMs: 199 })).toThrow(/trialTimeoutMs/);
    expect(make({ timeoutMs: 200, trialTimeoutMs: 199 })).toThrow(/timeoutMs/);
    expect(make({ timeoutMs: 200, trialTimeoutMs: 200 })).not.toThrow();
    expect(make({ timeoutMs: 200, trialTimeoutMs: 201 })).not.toThrow();
  });
});

describe('the system clock', () => {
  it('takes no notice of steps of the wall clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const breaker = new CircuitBreaker('orders', { failureThreshold: 1, resetTimeoutMs: 3_600_000 });
    await fail(breaker);
    const { openUntilAt } = breaker.snapshot();
    vi.setSystemTime(Date.now() + 24 * 3_600_000);
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'open' });
    vi.setSystemTime(Date.now() - 48 * 3_600_000);
    const error = (await rejectionOf(breaker.execute(() => 1))) as { retryAfterMs: number };
    expect(error.retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(error.retryAfterMs).toBeGreaterThan(3_500_000);
    expect(breaker.snapshot().openUntilAt).toBe(openUntilAt);
  });

  it('tells the time in milliseconds since the epoch', async () => {
    const recorder = new RecordingListener();
    const breaker = new CircuitBreaker('orders', { listeners: [recorder] });
    await succeed(breaker);
    const expected = performance.timeOrigin + performance.now();
    expect(Math.abs(recorder.last('success').at - expected)).toBeLessThan(60_000);
    expect(recorder.last('success').durationMs).toBeGreaterThanOrEqual(0);
  });
});

describe('the constructor', () => {
  it('touches nothing: no timer, no reading of the clock, no chance, no event', () => {
    const clock = new FakeClock();
    const recorder = new RecordingListener();
    let draws = 0;
    const breaker = new CircuitBreaker('orders', {
      clock,
      listeners: [recorder],
      timeoutMs: 100,
      random: () => {
        draws += 1;
        return 0;
      },
    });
    expect(breaker.state).toBe('closed');
    expect(clock.pending).toBe(0);
    expect(recorder.events).toEqual([]);
    expect(draws).toBe(0);
  });
});
