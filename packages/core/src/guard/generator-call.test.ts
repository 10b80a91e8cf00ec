import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { deferred } from '../../test/deferred.js';
import { FakeClock } from '../../test/fake-clock.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { RecordingListener } from '../../test/recording-listener.js';
import { setUp } from '../../test/set-up.js';
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

  it('ends late when its consumer thought for longer, though nobody took its place', () => {
    const { breaker, clock, recorder } = setUp({ trialTimeoutMs: 100 });
    void breaker.halfOpen();
    const numbers = breaker.wrap(function* () {
      yield 1;
    })();
    numbers.next();
    clock.advance(100);
    expect(numbers.next().done).toBe(true);
    expect(recorder.last('success').late).toBe(true);
    expect(breaker.state).toBe('half-open');
  });

  it('waits for nothing between its steps once its place is lost', () => {
    const { breaker, clock } = setUp();
    void breaker.halfOpen();
    const numbers = breaker.wrap(function* () {
      yield 1;
      yield 2;
    })();
    numbers.next();
    void breaker.close();
    numbers.next();
    expect(clock.pending).toBe(0);
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

it('lets an async generator that timed out clean up as soon as it can, and asks nobody about it', async () => {
  const clock = new FakeClock();
  const [classify, cleanUp] = [vi.fn(), vi.fn()];
  const breaker = new CircuitBreaker('pages', { clock, timeoutMs: 10, classify });
  const work = deferred<number>();
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
  expect(classify).not.toHaveBeenCalled();
});

describe('how long a generator took', () => {
  it('is how long it worked, without what its consumer thought', async () => {
    const { breaker, clock, recorder } = setUp();
    const numbers = breaker.wrap(function* () {
      for (const ms of [1, 2, 3]) {
        clock.advance(ms);
        yield ms;
      }
      clock.advance(4);
    });
    for (const _ of numbers()) clock.advance(100);
    expect(recorder.last('success').durationMs).toBe(10);
    for (const ms of numbers()) if (ms === 2) break;
    expect(recorder.last('ignore').durationMs).toBe(3);
    const pages = breaker.wrap(async function* () {
      yield* numbers();
      throw new Error('down');
    });
    const read = async () => {
      for await (const _ of pages()) clock.advance(100);
    };
    await rejectionOf(read());
    expect(recorder.last('failure').durationMs).toBe(10);
  });

  it.each([
    ['while its consumer thought', 7],
    ['while it worked', 5],
  ])('is how long it worked since somebody asked, where that was %s', (when, durationMs) => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker('pages', { clock });
    const recorder = new RecordingListener();
    const numbers = breaker.wrap(function* () {
      yield 1;
      clock.advance(2);
      breaker.addListener(recorder);
      clock.advance(5);
    })();
    numbers.next();
    if (when === 'while its consumer thought') breaker.addListener(recorder);
    clock.advance(60_000);
    numbers.next();
    expect(recorder.last('success').durationMs).toBe(durationMs);
  });

  it('is not asked of the clock where nobody asks, and no timer is set', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker('pages', { clock });
    const pages = breaker.wrap(async function* () {
      expect(clock.pending).toBe(0);
      yield 1;
    });
    for await (const _ of pages()) expect(clock.pending).toBe(0);
    expect(clock.reads).toBe(0);
    expect(breaker.counts.successes).toBe(1);
  });
});

it('tells at once that an asynchronous generator begins, and what its admission changed', async () => {
  const { breaker, clock, recorder } = setUp({ resetTimeoutMs: 10 });
  void breaker.open();
  clock.advance(10);
  recorder.clear();
  const numbers = breaker.wrap(async function* () {
    yield 1;
  })();
  const first = numbers.next();
  expect(recorder.types).toEqual(['state-change', 'before-call']);
  expect(await first).toEqual({ value: 1, done: false });
});
