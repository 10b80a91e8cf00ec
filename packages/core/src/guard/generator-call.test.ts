import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { deferred } from '../../test/deferred.js';
import { FakeClock } from '../../test/fake-clock.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { CircuitBreaker, CircuitOpenError, CircuitTimeoutError } from '../index.js';

function halfOpen(clock: FakeClock): CircuitBreaker {
  const breaker = new CircuitBreaker('pages', { clock, trialTimeoutMs: 100, throwNewErrorOnTrip: false });
  void breaker.halfOpen();
  return breaker;
}

describe('a generator that is a trial', () => {
  it('has its place for so long anew at each step, and gives it back when its consumer thinks for longer', async () => {
    const clock = new FakeClock();
    const breaker = halfOpen(clock);
    const numbers = breaker.wrap(function* () {
      yield 1;
      yield 2;
    })();
    numbers.next();
    clock.advance(60);
    numbers.next();
    clock.advance(60);
    expect(await rejectionOf(breaker.execute(() => 1))).toBeInstanceOf(CircuitOpenError);
    clock.advance(40);
    expect(clock.pending).toBe(0);
    expect(await breaker.execute(() => 1)).toBe(1);
    expect(breaker.state).toBe('closed');
  });

  it('leaves no timer behind when its work ends after its deadline', async () => {
    const clock = new FakeClock();
    const breaker = halfOpen(clock);
    const work = deferred<number>();
    const pages = breaker.wrap(async function* () {
      yield await work.promise;
    })();
    const first = rejectionOf(pages.next());
    await clock.advanceAsync(100);
    expect(await first).toBeInstanceOf(CircuitTimeoutError);
    work.resolve(1);
    await letPromisesRun();
    expect(clock.pending).toBe(0);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
  });
});

it('lets an async generator that timed out clean up as soon as it can', async () => {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker('pages', { clock, timeoutMs: 10 });
  const work = deferred<number>();
  const cleanUp = vi.fn();
  const pages = breaker.wrap(async function* () {
    try {
      yield await work.promise;
    } finally {
      cleanUp();
    }
  })();
  const first = rejectionOf(pages.next());
  await clock.advanceAsync(10);
  expect(await first).toBeInstanceOf(CircuitTimeoutError);
  expect(cleanUp).not.toHaveBeenCalled();
  work.resolve(1);
  await letPromisesRun();
  expect(cleanUp).toHaveBeenCalledOnce();
});
