import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

describe('a result of a call admitted in an older epoch', () => {
  it('a late success does not close an open circuit', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await fail(breaker);
    const open = breaker.snapshot();
    call.resolve('late');
    expect(await value).toBe('late');
    expect(breaker.snapshot()).toEqual(open);
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    expect(recorder.last('success').late).toBe(true);
  });

  it('a late failure does not prolong an open circuit, and its caller sees the original error', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await fail(breaker);
    const { openUntilAt, trips } = breaker.snapshot();
    clock.advance(500);
    const error = new Error('late');
    call.reject(error);
    expect(await seen).toBe(error);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt, trips });
    expect(breaker.counts.failures).toBe(2);
    expect(recorder.last('failure')).toMatchObject({ late: true, error });
  });

  it('a late success is no trial’s success', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000, successThreshold: 2 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    call.resolve('late');
    await value;
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
  });

  it('a late failure does not fail the round of trials, nor free a place', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await fail(breaker);
    clock.advance(1_000);
    const trial = deferred<string>();
    const value = breaker.execute(() => trial.promise);
    call.reject(new Error('late'));
    await seen;
    expect(breaker.state).toBe('half-open');
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    trial.resolve('value');
    await value;
    expect(breaker.state).toBe('closed');
  });

  it('a late failure does not count once the circuit has closed again', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    const calls = Array.from({ length: 10 }, () => deferred<string>());
    const seen = calls.map((call) => rejectionOf(breaker.execute(() => call.promise)));
    await fail(breaker, 2);
    clock.advance(1_000);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    for (const call of calls) {
      call.reject(new Error('late'));
    }
    await Promise.all(seen);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
    expect(breaker.counts.failures).toBe(12);
  });

  it('a late success does not end the streak once the circuit has closed again', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await fail(breaker, 2);
    clock.advance(1_000);
    await succeed(breaker);
    await fail(breaker);
    call.resolve('late');
    await value;
    expect(breaker.snapshot().failures).toBe(1);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('a late timeout changes nothing but the counts', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, timeoutMs: 100, resetTimeoutMs: 10_000 });
    const seen = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
    await fail(breaker);
    const { openUntilAt, epoch } = breaker.snapshot();
    await clock.advanceAsync(100);
    expect(await seen).toMatchObject({ name: 'CircuitTimeoutError' });
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt, epoch });
    expect(breaker.counts).toMatchObject({ failures: 2, timeouts: 1 });
  });

  it('a late ignored outcome is counted as ignored', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1, ignore: [RangeError] });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await fail(breaker);
    call.reject(new RangeError('says nothing'));
    await seen;
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 1 });
    expect(recorder.of('ignore')).toHaveLength(1);
  });

  it('a close() ends the epoch of a closed circuit too', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const call = deferred<string>();
    const error = new Error('late');
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await breaker.close();
    call.reject(error);
    expect(await seen).toBe(error);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts.failures).toBe(1);
    expect(recorder.last('failure').late).toBe(true);
  });

  it('holds for every ruling', async () => {
    for (const rule of ['open', 'halfOpen', 'isolate', 'disable'] as const) {
      const { breaker, recorder } = setUp({ failureThreshold: 1 });
      const good = deferred<string>();
      const bad = deferred<string>();
      const value = breaker.execute(() => good.promise);
      const seen = rejectionOf(breaker.execute(() => bad.promise));
      await breaker[rule]();
      const before = breaker.snapshot();
      good.resolve('late');
      await value;
      bad.reject(new Error('late'));
      await seen;
      expect(breaker.snapshot()).toEqual(before);
      expect(recorder.last('success').late).toBe(true);
      expect(recorder.last('failure').late).toBe(true);
    }
  });

  it('holds for a trial whose round was ended by hand', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 500, resetTimeoutMs: 100_000 });
    await breaker.halfOpen();
    const call = deferred<string>();
    const seen = breaker.execute(() => call.promise).catch((error: unknown) => error);
    await breaker.close();
    await breaker.open();
    const before = breaker.snapshot();
    call.resolve('late');
    expect(await seen).toBe('late');
    await clock.advanceAsync(0);
    expect(breaker.snapshot()).toEqual(before);
    expect(clock.pending).toBe(0);
  });

  it('is not fooled by a round of states: the same state is not the same epoch', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const call = deferred<string>();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    await breaker.open();
    await breaker.close();
    expect(breaker.state).toBe('closed');
    call.reject(new Error('late'));
    await seen;
    expect(breaker.state).toBe('closed');
  });

  it('holds for permits and generators', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const good = await breaker.acquire();
    const bad = await breaker.acquire();
    const items = breaker.wrap(function* () {
      yield 1;
    })();
    items.next();
    await breaker.open();
    const open = breaker.snapshot();
    good.succeed();
    bad.fail(new Error('late'));
    expect(items.next().done).toBe(true);
    expect(breaker.snapshot()).toEqual(open);
    expect(recorder.of('success').map((event) => event.late)).toEqual([true, true]);
    expect(recorder.of('failure').map((event) => event.late)).toEqual([true]);
  });
});

describe('a result in time', () => {
  it('is not late', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 100 });
    await succeed(breaker);
    await fail(breaker);
    clock.advance(100);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    const outcomes = [...recorder.of('success'), ...recorder.of('failure')];
    expect(outcomes).toHaveLength(3);
    expect(outcomes.every((event) => !event.late)).toBe(true);
  });

  it('is counted though many promises are settled in the same turn', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    const calls = Array.from({ length: 6 }, () => deferred<string>());
    const seen = calls.map((call) => breaker.execute(() => call.promise).catch(() => undefined));
    for (const call of calls) {
      call.reject(new Error('down'));
    }
    await Promise.all(seen);
    await letPromisesRun();
    expect(breaker.state).toBe('open');
    expect(breaker.counts).toMatchObject({ calls: 6, failures: 6 });
    expect(breaker.snapshot().trips).toBe(1);
  });
});
