import { afterEach, describe, expect, it, vi } from 'vitest';
import { CircuitBreaker, type CircuitBreakerOptions, exponentialBackoff } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { setUp } from '../set-up.js';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('chance', () => {
  it('is drawn from the option random, all of it', async () => {
    const drawn = vi.spyOn(Math, 'random');
    const { breaker, clock } = setUp({
      failureThreshold: 1,
      maxTrials: 3,
      successThreshold: 2,
      random: () => 0.5,
      resetTimeoutMs: exponentialBackoff({ initialMs: 100, maxMs: 1_000 }),
    });
    await fail(breaker);
    clock.advance(1_000);
    const permit = await breaker.acquire();
    const items = breaker.wrap(function* (): Generator<number> {
      yield 1;
    })();
    items.next();
    permit.succeed();
    items.next();
    expect(breaker.state).toBe('closed');
    await breaker.open();
    await breaker.halfOpen();
    await succeed(breaker);
    await fail(breaker);
    expect(drawn).not.toHaveBeenCalled();
  });

  it('may be the same number for ever: trials do not get in each other’s way', async () => {
    for (const number of [0, 0.5, 0.9999999999999999]) {
      const { breaker } = setUp({ maxTrials: 3, successThreshold: 3, random: () => number, ignore: [SyntaxError] });
      await breaker.halfOpen();
      const calls = [deferred<string>(), deferred<string>(), deferred<string>()];
      const seen = calls.map((call) => breaker.execute(() => call.promise).catch((error: unknown) => error));
      expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
      calls[1]?.reject(new SyntaxError('says nothing'));
      await seen[1];
      const fourth = deferred<string>();
      const another = breaker.execute(() => fourth.promise);
      expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
      calls[0]?.resolve('value');
      await seen[0];
      expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
      calls[2]?.resolve('value');
      await seen[2];
      expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 2 });
      fourth.resolve('value');
      await another;
      expect(breaker.state).toBe('closed');
    }
  });

  it('may be the same number for ever: one round’s trial is not the next one’s', async () => {
    const { breaker, clock } = setUp({ maxTrials: 2, resetTimeoutMs: 100, failureThreshold: 1, random: () => 0 });
    await breaker.halfOpen();
    const slow = deferred<string>();
    const late = breaker.execute(() => slow.promise);
    await fail(breaker);
    clock.advance(100);
    const trial = deferred<string>();
    const value = breaker.execute(() => trial.promise);
    slow.resolve('late');
    await late;
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 0 });
    trial.resolve('value');
    await value;
    expect(breaker.state).toBe('closed');
  });
});

describe('the platform', () => {
  it('is not kept alive by a call with a timeout, nor by a trial', async () => {
    const timeouts = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const breaker = new CircuitBreaker('orders', { timeoutMs: 60_000 });
    const before = timeouts();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await breaker.halfOpen();
    const trial = breaker.execute(() => call.promise);
    expect(timeouts()).toBe(before);
    call.resolve('value');
    expect(await Promise.all([value, trial])).toEqual(['value', 'value']);
  });

  it('may have timers that are functions of the global object only', async () => {
    const originals = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
    const strict = <Name extends keyof typeof originals>(name: Name): unknown =>
      function (this: unknown, ...given: unknown[]): unknown {
        if (this !== undefined && this !== globalThis) {
          throw new TypeError('Illegal invocation');
        }
        return Reflect.apply(originals[name], globalThis, given);
      };
    vi.stubGlobal('setTimeout', strict('setTimeout'));
    vi.stubGlobal('clearTimeout', strict('clearTimeout'));
    vi.resetModules();
    const copy = await import('../../src/index.js');
    const breaker = new copy.CircuitBreaker('orders', { timeoutMs: 60_000 });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    const { clock } = breaker.options;
    const handle = clock.setTimeout(() => undefined, 60_000);
    clock.clearTimeout(handle);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('may have timers whose handles are numbers', async () => {
    vi.stubGlobal('setTimeout', () => 7);
    vi.stubGlobal('clearTimeout', () => undefined);
    vi.resetModules();
    const copy = await import('../../src/index.js');
    const breaker = new copy.CircuitBreaker('orders', { timeoutMs: 60_000 });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.executeSync(() => 'value')).toBe('value');
  });

  it('is asked for the time as methods of the clock', async () => {
    class Own extends FakeClock {}
    const options: CircuitBreakerOptions = { clock: new Own(5), timeoutMs: 100, failureThreshold: 1 };
    const breaker = new CircuitBreaker('orders', options);
    await succeed(breaker);
    await fail(breaker);
    expect(breaker.snapshot().openUntilAt).toBe(60_005);
  });
});
