import { expect, it, vi } from 'vitest';
import { rejectionOf } from '../../test/caught.js';
import { deferred } from '../../test/deferred.js';
import { setUp } from '../../test/set-up.js';
import { CircuitBreaker } from '../index.js';

it('makes no call that a listener has aborted when it was about to be made', async () => {
  const controller = new AbortController();
  const breaker = new CircuitBreaker('orders', { listeners: [{ onBeforeCall: () => controller.abort('enough') }] });
  const fn = vi.fn();
  expect(await rejectionOf(breaker.execute(fn, { signal: controller.signal }))).toBe('enough');
  expect(fn).not.toHaveBeenCalled();
  expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
});

it('asks no circuit for a call that its caller has aborted already', async () => {
  const { breaker, clock, recorder } = setUp({ resetTimeoutMs: 10 });
  const signal = AbortSignal.abort('enough');
  await breaker.open();
  expect(await rejectionOf(breaker.execute(() => 1, { signal }))).toBe('enough');
  clock.advance(10);
  expect(await rejectionOf(breaker.execute(() => 1, { signal }))).toBe('enough');
  expect(breaker.state).toBe('open');
  expect(recorder.types).toEqual(['state-change', 'ignore', 'ignore']);
  expect(recorder.last('ignore')).toMatchObject({ error: 'enough', durationMs: 0, late: false });
});

it('asks nobody about what comes after a deadline', async () => {
  const [classify, fallback] = [vi.fn(), vi.fn(() => 'spare')];
  const { breaker, clock } = setUp({ timeoutMs: 10, classify });
  const work = deferred<number>();
  const call = breaker.execute(() => work.promise, { fallback });
  await clock.advanceAsync(10);
  expect(await call).toBe('spare');
  work.reject(new Error('late'));
  await clock.advanceAsync(0);
  expect(classify).not.toHaveBeenCalled();
  expect(fallback).toHaveBeenCalledOnce();
});

it('gives a call that joins another its signal', async () => {
  const breaker = new CircuitBreaker('orders');
  const signals = await breaker.execute(({ signal }) => breaker.execute((inner) => [signal, inner.signal]), {});
  expect(signals[1]).toBe(signals[0]);
});

it.each([
  ['gives a value', () => 1],
  ['throws', () => Promise.reject(new Error('down'))],
])('tells the caller of a call that can be interrupted of a clock that throws when it %s', async (_title, end) => {
  const boom = new Error('boom');
  const { breaker, clock } = setUp({ timeoutMs: 10 });
  const call = breaker.execute(() => {
    clock.now = () => {
      throw boom;
    };
    return end();
  });
  expect(await rejectionOf(call)).toBe(boom);
});

it.each([{}, { timeoutMs: 10 }])(
  'rejects, and does not throw, where the clock throws as a call begins: %o',
  async (options) => {
    const { breaker, clock } = setUp(options);
    clock.now = () => {
      throw new Error('The clock is broken');
    };
    expect(await rejectionOf(breaker.execute(() => 1))).toEqual(new Error('The clock is broken'));
  },
);
