import { CircuitBreaker, type CircuitBreakerOptions, CircuitOpenError, failureRate, lastCalls } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';
import { RecordingListener } from './recording-listener.js';
import { trip } from './trip.js';

describe('opens the honest way', () => {
  it.each<[string, CircuitBreakerOptions, number]>([
    ['by default', {}, 5],
    ['by a threshold', { failureThreshold: 2 }, 2],
    ['by a rate', { trip: failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 8 }) }, 8],
    ['by the last calls', { trip: lastCalls({ size: 4, threshold: 1 }) }, 4],
  ])('%s', async (_, options, calls) => {
    const recorder = new RecordingListener();
    const breaker = new CircuitBreaker('orders', { clock: new FakeClock(), listeners: [recorder], ...options });
    await trip(breaker);
    expect([breaker.state, breaker.counts.failures]).toEqual(['open', calls]);
    expect(recorder.of('state-change').map(({ reason }) => reason)).toEqual(['tripped']);
  });

  it('after calls that succeeded', async () => {
    const breaker = new CircuitBreaker('orders', { trip: lastCalls({ size: 4, threshold: 1 }) });
    await breaker.execute(() => 1);
    await trip(breaker);
    expect([breaker.state, breaker.counts.failures]).toEqual(['open', 4]);
  });

  it('a half-open one, by a trial', async () => {
    const breaker = new CircuitBreaker('orders');
    await breaker.halfOpen();
    await trip(breaker);
    expect([breaker.state, breaker.counts.failures]).toEqual(['open', 1]);
  });

  it('an open one, by nothing', async () => {
    const breaker = new CircuitBreaker('orders');
    await breaker.open();
    await trip(breaker);
    expect(breaker.counts.calls).toBe(0);
  });

  it('by an error of the test', async () => {
    const recorder = new RecordingListener();
    const error = new Error('no route');
    await trip(new CircuitBreaker('orders', { failureThreshold: 1, listeners: [recorder] }), error);
    expect(recorder.of('failure')[0]?.error).toBe(error);
  });
});

describe('says why it cannot be', () => {
  it('isolated', async () => {
    const breaker = new CircuitBreaker('orders');
    await breaker.isolate();
    await expect(trip(breaker)).rejects.toMatchObject({
      message: 'Failing calls cannot open the circuit "orders", which is isolated: it rejects calls',
      cause: expect.any(CircuitOpenError),
    });
  });

  it('disabled', async () => {
    const breaker = new CircuitBreaker('orders');
    await breaker.disable();
    await expect(trip(breaker)).rejects.toThrow('"orders", which is disabled: no failure counts');
    expect(breaker.counts.calls).toBe(0);
  });

  it.each<CircuitBreakerOptions>([{ exclude: [TypeError] }, { ignore: [TypeError] }, { classify: () => 'success' }])(
    'the error is no failure: %o',
    async (options) => {
      const breaker = new CircuitBreaker('orders', options);
      const cause = new TypeError('not found');
      await expect(trip(breaker, cause)).rejects.toMatchObject({
        message: expect.stringContaining('which is closed: its options say that this error is no failure'),
        cause,
      });
      expect(breaker.counts.calls).toBe(1);
    },
  );

  it('a policy that never trips', async () => {
    const never = { key: 'never', initial: () => null, record: () => null, trips: () => false };
    const breaker = new CircuitBreaker('orders', { trip: never });
    await expect(trip(breaker)).rejects.toThrow('100000 failures in a row are not enough for its policy');
  });

  it('no breaker', async () => {
    await expect(trip(undefined as never)).rejects.toThrow(
      new TypeError('breaker must be a circuit breaker, but is undefined'),
    );
  });
});
