import { CircuitBreaker, CircuitBreakerRegistry } from '@breaker/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fail } from '../test/calls.js';
import type { Line } from '../test/memory.js';
import { PINOS } from '../test/pinos.js';
import { setUp } from '../test/set-up.js';
import { pinoListener } from './pino-listener.js';

afterEach(() => {
  vi.restoreAllMocks();
});

const neverTrips = { failureThreshold: 1_000_000 };
const fault = new Error('disk full');

function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { count }) => sum + (count as number), 0);
}

describe.each(PINOS)('a flood, with %s', (_, pino) => {
  it('of rejections is the first, and then a line each summaryMs', async () => {
    const { breaker, clock, memory } = setUp({ pino });
    await breaker.open();
    fail(breaker, 1_000);
    clock.advance(9_999);
    expect(memory.of('reject')).toHaveLength(1);
    clock.advance(1);
    expect(memory.lines.at(-1)).toMatchObject({ level: pino.levels.values.info, at: 1_000 });
    expect(memory.of('reject').slice(1)).toEqual([
      {
        type: 'reject',
        circuit: 'payments',
        epoch: 1,
        count: 999,
        overMs: 10_000,
        counts: { open: 999 },
        retryAfterMs: 60_000,
        msg: 'Circuit "payments": 999 more calls rejected in 10 s',
      },
    ]);
  });

  it('of failures tells the last error, and how long the calls took', () => {
    const { breaker, clock, memory } = setUp({ pino, breaker: neverTrips });
    for (const ms of [10, 30, 60, 30]) {
      const callFails = () => {
        clock.advance(ms);
        throw new Error(`none after ${ms} ms`);
      };
      breaker.executeSync(callFails, { fallback: () => undefined });
    }
    clock.advance(10_000);
    expect(memory.of('failure').slice(1)).toEqual([
      {
        type: 'failure',
        circuit: 'payments',
        epoch: 0,
        count: 3,
        overMs: 10_000,
        counts: {},
        meanDurationMs: 40,
        maxDurationMs: 60,
        err: { type: 'Error', message: 'none after 30 ms', stack: expect.any(String) },
        msg: 'Circuit "payments": 3 more calls failed in 10 s',
      },
    ]);
  });
});

describe('a flood', () => {
  it('begins anew once there was none for summaryMs, and leaves no timer', () => {
    const { breaker, clock, memory } = setUp({ breaker: neverTrips, listener: { summaryMs: 500 } });
    fail(breaker, 3);
    clock.advance(500);
    fail(breaker);
    clock.advance(999);
    expect(clock.pending).toBe(1);
    clock.advance(1);
    expect(clock.pending).toBe(0);
    fail(breaker, 2);
    clock.advance(500);
    expect(memory.messages).toEqual([
      'Circuit "payments": call failed',
      'Circuit "payments": 2 more calls failed in 500 ms',
      'Circuit "payments": 1 more call failed in 500 ms',
      'Circuit "payments": call failed',
      'Circuit "payments": 1 more call failed in 500 ms',
    ]);
    expect(total(memory.of('failure'))).toBe(breaker.counts.failures);
  });

  it('tells how many were rejected for which reason', async () => {
    const { breaker, clock, memory } = setUp();
    await breaker.isolate();
    fail(breaker, 3);
    await breaker.open();
    fail(breaker, 2);
    await breaker.halfOpen();
    const permit = await breaker.acquire();
    fail(breaker, 4);
    permit.ignore();
    clock.advance(10_000);
    expect(memory.of('reject')[1]).toMatchObject({ count: 8, counts: { isolated: 2, open: 2, 'trial-limit': 4 } });
  });

  it('tells how many were late, slow or trials', async () => {
    const slowness = { key: 'slow', slowCallMs: 100, initial: () => 0, record: () => 0, trips: () => false };
    const { breaker, clock, memory } = setUp({ breaker: { trip: slowness, throwNewErrorOnTrip: false } });
    fail(breaker, 2);
    const permits = await Promise.all([breaker.acquire(), breaker.acquire()]);
    clock.advance(101);
    permits[0].fail(new Error('slow'));
    await breaker.halfOpen();
    permits[1].fail(new Error('slow and late'));
    fail(breaker);
    clock.advance(10_000);
    expect(memory.of('failure')[1]).toMatchObject({ count: 4, counts: { slow: 2, late: 1, trial: 1 } });
  });

  it('of functions that throw tells which, and of ignored calls that they were', () => {
    const throwing = () => {
      throw new Error('cannot judge');
    };
    const { breaker, clock, memory } = setUp({ breaker: { classify: throwing, ignore: [throwing, SyntaxError] } });
    fail(breaker, 3, new SyntaxError('not JSON'));
    clock.advance(10_000);
    expect(memory.of('listener-error')[1]).toEqual({
      type: 'listener-error',
      circuit: 'payments',
      epoch: 0,
      count: 5,
      overMs: 10_000,
      counts: { classify: 2, ignore: 3 },
      err: expect.objectContaining({ message: 'cannot judge' }),
      msg: 'Circuit "payments": 5 more faults passed over in 10 s',
    });
    expect(memory.of('ignore')[1]).toMatchObject({
      count: 2,
      err: { type: 'SyntaxError' },
      msg: 'Circuit "payments": 2 more calls ignored in 10 s',
    });
  });

  it('keeps the last error where what failed last was a value', () => {
    const classify = ({ threw }: { threw: boolean }) => (threw ? undefined : 'failure');
    const { breaker, clock, memory } = setUp({ breaker: { ...neverTrips, classify } });
    fail(breaker, 2);
    breaker.executeSync(() => 503);
    clock.advance(10_000);
    expect(memory.of('failure')[1]).toMatchObject({ count: 2, err: { message: 'no route' } });
  });

  it('is counted for each circuit, of whatever breaker and registry', async () => {
    const { clock, memory, listener } = setUp();
    const options = { clock, listeners: [listener], ...neverTrips };
    const registry = new CircuitBreakerRegistry(options);
    fail(registry.get('a.example'), 4);
    fail(registry.get('b.example'), 3);
    fail(new CircuitBreaker('b.example', options), 2);
    clock.advance(10_000);
    expect(memory.of('failure').map(({ circuit, count }) => [circuit, count])).toEqual([
      ['a.example', 1],
      ['b.example', 1],
      ['a.example', 3],
      ['b.example', 4],
    ]);
  });

  it('tells how long it really counted', () => {
    const { breaker, memory, listener, clock } = setUp({ breaker: neverTrips });
    fail(breaker, 2);
    vi.spyOn(clock, 'now').mockReturnValue(14_209.7);
    listener.flush();
    expect(memory.of('failure')[1]).toMatchObject({ overMs: 13_210, msg: expect.stringContaining('in 13.2 s') });
  });

  it('ends without a word where its level is switched off meanwhile', () => {
    const { breaker, clock, memory, logger } = setUp({ breaker: neverTrips });
    fail(breaker, 3);
    logger.level = 'info';
    const debug = vi.spyOn(logger, 'debug');
    clock.advance(20_000);
    expect(debug).not.toHaveBeenCalled();
    expect(memory.of('failure')).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('may be counted by a clock with handles of any kind', () => {
    const { breaker, memory, logger } = setUp({ breaker: neverTrips, listener: { levels: { failure: 'silent' } } });
    const clock = { now: () => 0, setTimeout: () => undefined, clearTimeout: () => undefined };
    using listener = pinoListener(logger, { clock });
    breaker.addListener(listener);
    fail(breaker, 3);
    listener.dispose();
    expect(total(memory.of('failure'))).toBe(3);
  });

  it('may be counted for longer than a timer can run', () => {
    const { breaker, clock, memory } = setUp({ breaker: neverTrips, listener: { summaryMs: 2 ** 33 } });
    const setTimeout = vi.spyOn(clock, 'setTimeout');
    fail(breaker, 2);
    expect(setTimeout).toHaveBeenLastCalledWith(expect.any(Function), 2 ** 31 - 1);
    clock.advance(2 ** 31 - 1);
    expect(total(memory.of('failure'))).toBe(2);
  });
});

describe('flush', () => {
  it('tells what was counted, once, and the flood goes on', () => {
    const { breaker, clock, memory, listener } = setUp({ breaker: neverTrips });
    fail(breaker, 3);
    clock.advance(2_000);
    for (let time = 0; time < 3; time++) listener.flush();
    fail(breaker, 4);
    clock.advance(8_000);
    expect(memory.of('failure').map(({ count, overMs }) => [count, overMs])).toEqual([
      [1, undefined],
      [2, 2_000],
      [4, 8_000],
    ]);
  });
});

describe.each([
  ['dispose()', 'dispose'],
  ['leaving its scope', Symbol.dispose],
] as const)('%s', (_, method) => {
  it('tells what was counted, leaves no timer, and lets nothing get lost that comes later', async () => {
    const { breaker, clock, memory, listener } = setUp({ breaker: neverTrips });
    fail(breaker, 3);
    await breaker.open();
    fail(breaker, 2);
    listener[method]();
    expect(clock.pending).toBe(0);
    expect(memory.lines.map(({ type, count }) => [type, count])).toEqual([
      ['failure', 1],
      ['state-change', undefined],
      ['reject', 1],
      ['failure', 2],
      ['reject', 1],
    ]);
    fail(breaker, 2);
    expect(clock.pending).toBe(0);
    expect(total(memory.of('reject'))).toBe(breaker.counts.rejected);
  });
});

describe('a logger that throws', () => {
  it('goes to the breaker’s other listeners, and what it did not take is told later', () => {
    const console = vi.spyOn(globalThis.console, 'error').mockReturnValue();
    const { breaker, clock, memory } = setUp({ breaker: neverTrips });
    const onListenerError = vi.fn();
    breaker.addListener({ onListenerError });
    memory.fault = fault;
    fail(breaker, 3);
    expect(onListenerError).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ error: fault, source: 'onFailure' }),
    );
    memory.fault = undefined;
    clock.advance(10_000);
    expect(memory.of('failure')).toMatchObject([{ count: 3, err: { message: 'no route' } }]);
    // Its own word of that fault is not taken either: core then says so itself.
    expect(console).toHaveBeenCalledOnce();
    expect(memory.of('listener-error')).toMatchObject([{ count: 1, counts: { onFailure: 1 } }]);
  });

  it('in a timer is told on the console, and what it did not take is told with the next', () => {
    const console = vi.spyOn(globalThis.console, 'error').mockReturnValue();
    const { breaker, clock, memory } = setUp({ breaker: neverTrips });
    fail(breaker, 3);
    memory.fault = fault;
    clock.advance(10_000);
    expect(console).toHaveBeenCalledExactlyOnceWith(
      'Circuit "payments": the logger threw, and its summary waits:',
      fault,
    );
    fail(breaker);
    memory.fault = undefined;
    clock.advance(10_000);
    expect(memory.of('failure').map(({ count, overMs }) => [count, overMs])).toEqual([
      [1, undefined],
      [3, 20_000],
    ]);
  });

  it('for the sake of one error does not throw for ever', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const unspeakable = Object.defineProperty(new Error('hidden'), 'message', {
      get: () => {
        throw fault;
      },
    });
    const { breaker, clock, memory } = setUp({ breaker: neverTrips });
    fail(breaker);
    fail(breaker, 2, unspeakable);
    clock.advance(20_000);
    expect(memory.of('failure').map(({ count, err }) => [count, err !== undefined])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('does not throw out of flush() or dispose(), and a later flush() tells', () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { breaker, clock, memory, listener } = setUp({ breaker: neverTrips });
    fail(breaker, 3);
    memory.fault = fault;
    listener.flush();
    listener.dispose();
    expect(clock.pending).toBe(0);
    memory.fault = undefined;
    fail(breaker);
    listener.flush();
    expect(memory.of('failure').map(({ count }) => count)).toEqual([1, 1, 2]);
  });

  it('loses nothing of what happens while it is at it', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const { breaker, clock, listener, memory } = setUp({ breaker: neverTrips });
    const isolated = new CircuitBreaker('mail', { clock, listeners: [listener] });
    await isolated.isolate();
    const failIn = (ms: number) =>
      breaker.executeSync(
        () => {
          clock.advance(ms);
          throw new Error(`not shipped in ${ms} ms`);
        },
        { fallback: () => undefined },
      );
    fail(isolated, 3);
    failIn(0);
    failIn(20);
    // The log itself is shipped by guarded calls, which fail.
    const durations = [40, 30];
    const shipping = vi.spyOn(memory, 'write').mockImplementation(() => {
      failIn(durations.shift() ?? 0);
      fail(isolated);
      throw fault;
    });
    listener.flush();
    shipping.mockRestore();
    listener.dispose();
    expect(memory.of('failure').slice(1)).toMatchObject([
      { count: 3, meanDurationMs: 30, maxDurationMs: 40, err: { message: 'not shipped in 30 ms' } },
    ]);
    expect(memory.of('reject').slice(1)).toMatchObject([{ count: 4, counts: { isolated: 4 } }]);
  });
});
