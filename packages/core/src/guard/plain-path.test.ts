import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { deferred } from '../../test/deferred.js';
import { setUp } from '../../test/set-up.js';
import { failureRate } from '../index.js';

const boom = new Error('boom');

describe('a call through a closed circuit, timed', () => {
  it.each([
    ['succeeds', () => 1],
    [
      'fails',
      () => {
        throw boom;
      },
    ],
  ])('reads the clock when it begins and when it ends, for all who ask: where it %s', async (_title, fn) => {
    const trip = failureRate({ threshold: 1, windowMs: 100, slowCallMs: 10 });
    const { breaker, clock } = setUp({ trip, classify: () => undefined });
    const { reads } = clock;
    await breaker.execute(fn).catch(() => undefined);
    expect(clock.reads - reads).toBe(2);
  });

  it('tells when it began, when it ended and how long it took', async () => {
    const { breaker, clock, recorder } = setUp();
    const work = deferred<number>();
    const startedAt = clock.time;
    const call = breaker.execute(() => work.promise);
    clock.advance(30);
    work.resolve(1);
    await call;
    expect(recorder.last('before-call')).toMatchObject({ at: startedAt, trial: false });
    expect(recorder.last('success')).toMatchObject({ at: startedAt + 30, durationMs: 30, late: false, value: 1 });
  });

  it('changes nothing where its epoch is over, though the circuit is closed again', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const work = deferred<number>();
    const call = breaker.execute(() => work.promise);
    const { epoch } = breaker.snapshot();
    await breaker.open();
    await breaker.close();
    work.reject(boom);
    expect(await rejectionOf(call)).toBe(boom);
    expect(breaker.state).toBe('closed');
    expect(recorder.last('failure')).toMatchObject({ epoch, late: true });
  });

  it('shares its signal with a call that joins it', async () => {
    const { breaker } = setUp();
    const signals = await breaker.execute(({ signal }) => breaker.execute((inner) => [signal, inner.signal]));
    expect(signals[1]).toBe(signals[0]);
    expect(breaker.counts.calls).toBe(1);
  });

  it('is no call within itself once its function has thrown', async () => {
    const { breaker } = setUp();
    const fail = () => {
      throw boom;
    };
    expect(await rejectionOf(breaker.execute(fail))).toBe(boom);
    expect(await rejectionOf(breaker.execute(fail))).toBe(boom);
    expect(breaker.counts).toMatchObject({ calls: 2, failures: 2 });
  });

  it('counts where nobody asks any more when it ends', async () => {
    const { breaker, recorder } = setUp();
    const work = deferred<number>();
    const call = breaker.execute(() => work.promise);
    breaker.removeListener(recorder);
    work.resolve(1);
    expect(await call).toBe(1);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
    expect(recorder.types).toEqual(['before-call']);
  });

  it('keeps to the deadline that it began with: none', async () => {
    const { breaker, clock } = setUp();
    const work = deferred<number>();
    const call = breaker.execute(() => work.promise);
    breaker.configure({ timeoutMs: 10 });
    await clock.advanceAsync(10);
    work.resolve(1);
    expect(await call).toBe(1);
  });

  it('tells its caller of a clock that throws', async () => {
    const { breaker, clock } = setUp();
    const call = breaker.execute(() => {
      clock.now = () => {
        throw boom;
      };
    });
    expect(await rejectionOf(call)).toBe(boom);
  });
});
