import { describe, expect, it } from 'vitest';
import { failureRate } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { START, setUp } from '../set-up.js';

describe('snapshot()', () => {
  it('has all its fields', () => {
    const { breaker } = setUp();
    const snapshot = breaker.snapshot();
    expect(snapshot).toMatchObject({
      name: 'orders',
      state: 'closed',
      scope: 'process',
      failures: 0,
      successes: 0,
      trips: 0,
      degraded: false,
    });
    expect(Number.isInteger(snapshot.epoch)).toBe(true);
    const known = [
      'name',
      'state',
      'scope',
      'epoch',
      'failures',
      'successes',
      'trips',
      'openUntilAt',
      'retryAfterMs',
      'degraded',
    ];
    expect(known).toEqual(expect.arrayContaining(Object.keys(snapshot)));
  });

  it('is plain data, and a copy', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await fail(breaker);
    const snapshot = breaker.snapshot();
    expect(Object.getPrototypeOf(snapshot)).toBe(Object.prototype);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    Reflect.set(snapshot, 'state', 'closed');
    Reflect.set(snapshot, 'openUntilAt', 0);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 60_000 });
  });

  it('shows the past of its making, not what comes after', async () => {
    const { breaker } = setUp();
    await fail(breaker);
    const before = breaker.snapshot();
    await fail(breaker);
    expect(before.failures).toBe(1);
    expect(breaker.snapshot().failures).toBe(2);
  });

  it('shows the failures in a row, reset by a success', async () => {
    const { breaker } = setUp();
    const seen: number[] = [];
    for (const call of [fail, fail, fail, succeed, fail]) {
      await call(breaker);
      seen.push(breaker.snapshot().failures);
    }
    expect(seen).toEqual([1, 2, 3, 0, 1]);
  });

  it('shows the failures that the policy remembers now', async () => {
    const { breaker, clock } = setUp({ trip: failureRate({ threshold: 0.9, windowMs: 1_000 }) });
    await fail(breaker, 3);
    await succeed(breaker, 2);
    expect(breaker.snapshot().failures).toBe(3);
    clock.advance(1_001);
    expect(breaker.snapshot().failures).toBe(0);
  });

  it('shows the successes of this half-open round', async () => {
    const { breaker } = setUp({ successThreshold: 3 });
    await succeed(breaker, 7);
    await breaker.halfOpen();
    expect(breaker.snapshot().successes).toBe(0);
    await succeed(breaker, 2);
    expect(breaker.snapshot().successes).toBe(2);
  });

  it('shows what is left of open, never less than nothing', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.open();
    const seen: unknown[] = [];
    for (const ms of [0, 400, 599, 1, 5_000]) {
      clock.advance(ms);
      const { retryAfterMs, openUntilAt } = breaker.snapshot();
      expect(openUntilAt).toBe(START + 1_000);
      seen.push(retryAfterMs);
    }
    expect(seen).toEqual([1_000, 600, 1, 0, 0]);
  });

  it('shows no time to retry where isolated', async () => {
    const { breaker } = setUp();
    await breaker.isolate();
    expect(breaker.snapshot().retryAfterMs).toBeUndefined();
  });
});

describe('reading', () => {
  it('never writes', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(5_000);
    recorder.clear();
    const first = breaker.snapshot();
    for (let times = 0; times < 5; times += 1) {
      expect(breaker.state).toBe('open');
      expect(breaker.snapshot()).toEqual(first);
      expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
      expect(breaker.options.failureThreshold).toBe(1);
    }
    expect(recorder.events).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('of the state is free: it reads no clock', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1 });
    const states: string[] = [];
    let before = clock.reads;
    states.push(breaker.state);
    expect(clock.reads).toBe(before);
    await breaker.open();
    before = clock.reads;
    states.push(breaker.state);
    expect(clock.reads).toBe(before);
    await breaker.halfOpen();
    before = clock.reads;
    states.push(breaker.state);
    expect(clock.reads).toBe(before);
    expect(states).toEqual(['closed', 'open', 'half-open']);
  });

  it('of one breaker says nothing of another, though they share name and options', async () => {
    const one = setUp({ failureThreshold: 1 }).breaker;
    const two = setUp({ failureThreshold: 1 }).breaker;
    await fail(one);
    expect(one.state).toBe('open');
    expect(two.state).toBe('closed');
    expect(two.counts.calls).toBe(0);
  });
});

describe('counts', () => {
  it('begin at nothing, and have all their fields', () => {
    const { breaker } = setUp();
    expect({ ...breaker.counts }).toEqual({
      calls: 0,
      successes: 0,
      failures: 0,
      ignored: 0,
      rejected: 0,
      timeouts: 0,
      slow: 0,
    });
  });

  it('add up, whatever happens', async () => {
    const setting = setUp({
      trip: failureRate({ threshold: 1, windowMs: 1_000_000, minimumCalls: 4, slowCallMs: 50, slowCallThreshold: 1 }),
      timeoutMs: 100,
      ignore: [SyntaxError],
      exclude: [RangeError],
      resetTimeoutMs: 1_000,
    });
    const { breaker, clock } = setting;
    await succeed(breaker, 3);
    await breaker.execute(() => clock.advance(60));
    await fail(breaker, 2);
    await fail(breaker, 1, new SyntaxError());
    await fail(breaker, 1, new RangeError());
    const timedOut = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
    await clock.advanceAsync(100);
    await timedOut;
    await rejectionOf(breaker.execute(() => 1, { signal: AbortSignal.abort() }));
    await breaker.open();
    await fail(breaker, 3);
    clock.advance(1_000);
    await succeed(breaker);
    expect({ ...breaker.counts }).toEqual({
      calls: 14,
      successes: 6,
      failures: 3,
      ignored: 2,
      rejected: 3,
      timeouts: 1,
      slow: 2,
    });
  });

  it('are those of this breaker’s life: no change of state resets them', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    await fail(breaker, 2);
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    await breaker.open();
    await breaker.close();
    expect(breaker.counts).toMatchObject({ calls: 4, failures: 2, rejected: 1, successes: 1 });
  });

  it('count what is settled, not what is pending', async () => {
    const { breaker } = setUp();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    const { successes, failures, ignored, rejected } = breaker.counts;
    expect([successes, failures, ignored, rejected]).toEqual([0, 0, 0, 0]);
    call.resolve('value');
    await value;
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('are counted when the caller hears', async () => {
    const { breaker } = setUp();
    let seen: unknown;
    await breaker
      .execute(() => Promise.reject(new Error('down')))
      .catch(() => {
        seen = { ...breaker.counts };
      });
    expect(seen).toMatchObject({ calls: 1, failures: 1 });
  });

  it('cannot be changed from outside', async () => {
    const { breaker } = setUp();
    await succeed(breaker);
    Reflect.set(breaker.counts, 'successes', 99);
    expect(breaker.counts.successes).toBe(1);
  });
});
