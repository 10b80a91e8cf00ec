import { describe, expect, it } from 'vitest';
import {
  CircuitOpenError,
  CircuitTimeoutError,
  consecutiveFailures,
  failureCount,
  failureRate,
  lastCalls,
} from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { START, setUp } from '../set-up.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('configure', () => {
  it('changes what is named, and leaves the rest', () => {
    const { breaker } = setUp({ successThreshold: 3 });
    const before = breaker.options;
    breaker.configure({ failureThreshold: 10, timeoutMs: 200 });
    expect(breaker.options).toEqual({ ...before, failureThreshold: 10, timeoutMs: 200 });
    expect(before.failureThreshold).toBe(5);
    expect(Object.isFrozen(breaker.options)).toBe(true);
    breaker.configure({});
    expect(breaker.options).toMatchObject({ failureThreshold: 10, timeoutMs: 200, successThreshold: 3 });
  });

  it('keeps the state, tells nobody, and sets no timer', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    recorder.clear();
    const before = breaker.snapshot();
    breaker.configure({ failureThreshold: 7, resetTimeoutMs: 9_000, maxTrials: 3, trip: undefined });
    expect(breaker.snapshot()).toEqual(before);
    expect(recorder.events).toEqual([]);
    expect(clock.pending).toBe(0);
    clock.advance(1_000);
    await fail(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 10_000 });
  });

  it('of the threshold goes on with what was remembered', async () => {
    const { breaker } = setUp({ failureThreshold: 5 });
    await fail(breaker, 2);
    breaker.configure({ failureThreshold: 3 });
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 2 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('of the threshold, upwards', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    await fail(breaker, 2);
    breaker.configure({ failureThreshold: 4 });
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('to a policy of the same key goes on with what was remembered', async () => {
    const pairs = [
      [consecutiveFailures(9), consecutiveFailures(3)],
      [failureCount({ threshold: 9, windowMs: 1_000 }), failureCount({ threshold: 3, windowMs: 1_000 })],
      [
        failureRate({ threshold: 1, windowMs: 1_000, minimumCalls: 9 }),
        failureRate({ threshold: 1, windowMs: 1_000, minimumCalls: 3 }),
      ],
      [lastCalls({ size: 9, threshold: 1 }), lastCalls({ size: 9, threshold: 1, minimumCalls: 3 })],
    ] as const;
    for (const [old, next] of pairs) {
      expect(old.key).toBe(next.key);
      const { breaker } = setUp({ trip: old });
      await fail(breaker, 2);
      breaker.configure({ trip: next });
      expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 2 });
      await fail(breaker);
      expect(breaker.state).toBe('open');
    }
  });

  it('to a policy of another key starts empty', async () => {
    const { breaker } = setUp({ failureThreshold: 5 });
    await fail(breaker, 4);
    breaker.configure({ trip: lastCalls({ size: 5, threshold: 1 }) });
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('to another window starts empty', async () => {
    const { breaker } = setUp({ trip: failureCount({ threshold: 3, windowMs: 1_000 }) });
    await fail(breaker, 2);
    breaker.configure({ trip: failureCount({ threshold: 3, windowMs: 2_000 }) });
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
  });

  it('naming one of failureThreshold and trip replaces the other', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const trip = lastCalls({ size: 3, threshold: 1 });
    breaker.configure({ trip });
    expect(breaker.options.trip).toBe(trip);
    expect(breaker.options.failureThreshold).toBeUndefined();
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    breaker.configure({ failureThreshold: 1 });
    expect(breaker.options.trip).toBeUndefined();
    expect(breaker.options.failureThreshold).toBe(1);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('to undefined restores the default', () => {
    const { breaker } = setUp({
      failureThreshold: 2,
      resetTimeoutMs: 10,
      successThreshold: 3,
      maxTrials: 3,
      timeoutMs: 100,
      trialTimeoutMs: 200,
      exclude: [RangeError],
      ignore: [TypeError],
      classify: () => undefined,
      throwNewErrorOnTrip: false,
      rejectionStackTrace: true,
    });
    breaker.configure({
      failureThreshold: undefined,
      resetTimeoutMs: undefined,
      successThreshold: undefined,
      maxTrials: undefined,
      timeoutMs: undefined,
      trialTimeoutMs: undefined,
      exclude: undefined,
      ignore: undefined,
      classify: undefined,
      throwNewErrorOnTrip: undefined,
      rejectionStackTrace: undefined,
    });
    expect(breaker.options).toMatchObject({
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
    expect(breaker.options.timeoutMs).toBeUndefined();
    expect(breaker.options.classify).toBeUndefined();
  });

  it('of trip to undefined restores the default policy', async () => {
    const { breaker } = setUp({ trip: lastCalls({ size: 2, threshold: 1 }) });
    breaker.configure({ trip: undefined });
    expect(breaker.options.trip).toBeUndefined();
    expect(breaker.options.failureThreshold).toBe(5);
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('of timeoutMs moves the default of trialTimeoutMs with it', () => {
    const { breaker } = setUp();
    breaker.configure({ timeoutMs: 45_000 });
    expect(breaker.options).toMatchObject({ timeoutMs: 45_000, trialTimeoutMs: 45_000 });
  });

  it('applies to the calls from then on', async () => {
    const { breaker, clock } = setUp();
    const early = deferred<string>();
    const value = breaker.execute(() => early.promise);
    breaker.configure({ timeoutMs: 100 });
    const seen = rejectionOf(breaker.execute(never));
    await clock.advanceAsync(100);
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
    early.resolve('value');
    expect(await value).toBe('value');
    breaker.configure({ timeoutMs: undefined });
    void breaker.execute(never);
    expect(clock.pending).toBe(0);
  });

  it('of throwNewErrorOnTrip, classify and the lists applies live', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    breaker.configure({ throwNewErrorOnTrip: false });
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    await breaker.close();
    breaker.configure({ classify: () => 'ignore' });
    await fail(breaker);
    expect(breaker.counts.ignored).toBe(1);
    breaker.configure({ classify: undefined, ignore: [RangeError], exclude: [SyntaxError] });
    await fail(breaker, 1, new RangeError());
    await fail(breaker, 1, new SyntaxError());
    expect(breaker.counts).toMatchObject({ ignored: 2, successes: 1, failures: 1 });
  });

  it('of a wrapped function’s breaker applies to it too', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    const call = breaker.wrap(() => Promise.reject(new Error('down')));
    breaker.configure({ failureThreshold: 1 });
    await rejectionOf(call());
    expect(await rejectionOf(call())).toBeInstanceOf(CircuitOpenError);
  });
});

describe('configure, refused', () => {
  it('changes nothing at all', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 3 });
    await fail(breaker, 2);
    recorder.clear();
    const { options } = breaker;
    const snapshot = breaker.snapshot();
    const bad: object[] = [
      { failureThreshold: 1, resetTimeoutMs: -1 },
      { resetTimeoutMs: 5, failureThreshold: 0 },
      { maxTrials: 2, successThreshold: 'many' },
      { maxTrials: 2, unknown: 1 },
      { timeoutMs: 200, trialTimeoutMs: 100 },
      { failureThreshold: 1, trip: consecutiveFailures(1) },
      { failureThreshold: 1, clock: new FakeClock() },
      { failureThreshold: 1, exclude: ['text'] },
      { failureThreshold: 1, classify: 5 },
      { trip: {}, maxTrials: 3 },
    ];
    for (const changes of bad) {
      const error = thrownBy(() => breaker.configure(changes as never));
      expect(error instanceof TypeError || error instanceof RangeError, JSON.stringify(changes)).toBe(true);
      expect(breaker.options).toEqual(options);
      expect(breaker.snapshot()).toEqual(snapshot);
    }
    expect(recorder.events).toEqual([]);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('names the option and its value', () => {
    const { breaker } = setUp();
    expect(() => breaker.configure({ failureThreshold: 0 })).toThrow(RangeError);
    expect(() => breaker.configure({ failureThreshold: 0 })).toThrow(/failureThreshold/);
    expect(() => breaker.configure({ timeoutMs: -17 })).toThrow(/-17/);
    expect(() => breaker.configure({ timeoutMs: '17' as never })).toThrow(TypeError);
    expect(() => breaker.configure({ timeout: 17 } as never)).toThrow(TypeError);
    expect(() => breaker.configure({ timeout: 17 } as never)).toThrow(/timeout/);
  });

  it('what can only be given at the beginning', () => {
    const { breaker } = setUp();
    const changes: Record<string, unknown> = {
      clock: new FakeClock(),
      random: () => 0,
      listeners: [],
      storage: {},
      sharing: {},
    };
    for (const [option, value] of Object.entries(changes)) {
      expect(() => breaker.configure({ [option]: value } as never)).toThrow(TypeError);
      expect(() => breaker.configure({ [option]: value } as never)).toThrow(option);
    }
  });

  it('what is no object', () => {
    const { breaker } = setUp();
    for (const changes of [undefined, null, 5, 'text', () => ({})]) {
      expect(() => breaker.configure(changes as never)).toThrow(TypeError);
    }
  });

  it('failureThreshold with trip', () => {
    const { breaker } = setUp();
    expect(() => breaker.configure({ failureThreshold: 2, trip: consecutiveFailures(2) } as never)).toThrow(TypeError);
  });

  it('a timeoutMs above the trialTimeoutMs that was given', () => {
    const { breaker } = setUp({ trialTimeoutMs: 500 });
    expect(() => breaker.configure({ timeoutMs: 501 })).toThrow(/trialTimeoutMs/);
    expect(breaker.options.timeoutMs).toBeUndefined();
    breaker.configure({ timeoutMs: 501, trialTimeoutMs: 501 });
    expect(breaker.options).toMatchObject({ timeoutMs: 501, trialTimeoutMs: 501 });
  });

  it('leaves a breaker that works', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    thrownBy(() => breaker.configure({ failureThreshold: -1 }));
    await succeed(breaker);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });
});
