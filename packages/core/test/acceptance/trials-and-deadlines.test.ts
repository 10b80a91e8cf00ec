import { describe, expect, it } from 'vitest';
import type { CircuitBreakerOptions } from '../../src/index.js';
import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { type Deferred, deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { type Setting, START, setUp } from '../set-up.js';

const never = (): Promise<never> => new Promise(() => undefined);

interface Trial {
  readonly call: Deferred<string>;
  readonly seen: Promise<unknown>;
}

/** Begins a call that is settled from outside. */
function begin({ breaker }: Setting): Trial {
  const call = deferred<string>();
  return { call, seen: breaker.execute(() => call.promise).catch((error: unknown) => error) };
}

/** A breaker that is half-open because it was open and a call was due; that call is over, ignored. */
async function halfOpened(options: CircuitBreakerOptions = {}): Promise<Setting> {
  class Nothing extends Error {}
  const setting = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000, ...options, ignore: [Nothing] });
  await fail(setting.breaker);
  setting.clock.advance(1_000);
  await fail(setting.breaker, 1, new Nothing());
  expect(setting.breaker.state).toBe('half-open');
  setting.recorder.clear();
  return setting;
}

describe('maxTrials', () => {
  it('is one by default: others are rejected while it runs', async () => {
    const setting = await halfOpened();
    const trial = begin(setting);
    const error = await rejectionOf(setting.breaker.execute(() => 1));
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ state: 'half-open', reason: 'trial-limit', retryAfterMs: 30_000 });
    trial.call.resolve('value');
    expect(await trial.seen).toBe('value');
    expect(setting.breaker.state).toBe('closed');
  });

  it('is how many run at once, no more', async () => {
    const setting = await halfOpened({ maxTrials: 3, successThreshold: 3 });
    const trials = [begin(setting), begin(setting), begin(setting)];
    let ran = false;
    expect(
      await rejectionOf(
        setting.breaker.execute(() => {
          ran = true;
        }),
      ),
    ).toMatchObject({ reason: 'trial-limit' });
    expect(ran).toBe(false);
    for (const trial of trials) {
      trial.call.resolve('value');
      await trial.seen;
    }
    expect(setting.breaker.state).toBe('closed');
    expect(setting.recorder.of('before-call').map((event) => event.trial)).toEqual([true, true, true]);
  });

  it('gives a place back at each success that does not close', async () => {
    const setting = await halfOpened({ maxTrials: 2, successThreshold: 5 });
    const first = begin(setting);
    const second = begin(setting);
    first.call.resolve('value');
    await first.seen;
    const third = begin(setting);
    expect(await rejectionOf(setting.breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    second.call.resolve('value');
    third.call.resolve('value');
    await Promise.all([second.seen, third.seen]);
    expect(setting.breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 3 });
  });

  it('limits the very call that found the circuit due, and those with it', async () => {
    const setting = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(setting.breaker);
    setting.clock.advance(1_000);
    let running = 0;
    const calls = Array.from({ length: 1_000 }, () =>
      setting.breaker
        .execute(() => {
          running += 1;
          return Promise.resolve('value');
        })
        .catch((error: unknown) => error),
    );
    expect(running).toBe(1);
    const seen = await Promise.all(calls);
    expect(seen.filter((value) => value === 'value')).toHaveLength(1);
    expect(seen.filter((value) => value instanceof CircuitOpenError && value.reason === 'trial-limit')).toHaveLength(
      999,
    );
    expect(setting.breaker.state).toBe('closed');
  });

  it('says at a rejection when the earliest lease ends', async () => {
    const setting = await halfOpened({ maxTrials: 2, trialTimeoutMs: 500 });
    const first = begin(setting);
    setting.clock.advance(100);
    begin(setting);
    setting.clock.advance(150);
    expect(await rejectionOf(setting.breaker.execute(() => 1))).toMatchObject({
      reason: 'trial-limit',
      retryAfterMs: 250,
    });
    first.call.reject(new Error('down'));
    await first.seen;
  });

  it('is what it was when the round began', async () => {
    const setting = await halfOpened({ maxTrials: 1, successThreshold: 2 });
    setting.breaker.configure({ maxTrials: 5 });
    const trial = begin(setting);
    expect(await rejectionOf(setting.breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    trial.call.reject(new Error('down'));
    await trial.seen;
    setting.clock.advance(1_000);
    const trials = [begin(setting), begin(setting)];
    expect(setting.breaker.counts.rejected).toBe(1);
    for (const each of trials) {
      each.call.resolve('value');
      await each.seen;
    }
    expect(setting.breaker.state).toBe('closed');
  });
});

describe('successThreshold', () => {
  it('is what it was when the round began', async () => {
    const setting = await halfOpened({ successThreshold: 2 });
    setting.breaker.configure({ successThreshold: 1 });
    await succeed(setting.breaker);
    expect(setting.breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
    await fail(setting.breaker);
    setting.clock.advance(1_000);
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
  });

  it('raised meanwhile does not keep the round open', async () => {
    const setting = await halfOpened({ successThreshold: 1 });
    setting.breaker.configure({ successThreshold: 10 });
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
  });

  it('counts trials, also of more than maxTrials', async () => {
    const setting = await halfOpened({ successThreshold: 4, maxTrials: 1 });
    await succeed(setting.breaker, 3);
    expect(setting.breaker.state).toBe('half-open');
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
  });
});

describe('a trial', () => {
  it('that fails opens the circuit at once; those still running count for nothing', async () => {
    const setting = await halfOpened({ maxTrials: 3, successThreshold: 2 });
    const [first, second, third] = [begin(setting), begin(setting), begin(setting)];
    second.call.reject(new Error('down'));
    await second.seen;
    expect(setting.breaker.snapshot()).toMatchObject({ state: 'open', trips: 2 });
    const open = setting.breaker.snapshot();
    first.call.resolve('value');
    third.call.resolve('value');
    expect(await Promise.all([first.seen, third.seen])).toEqual(['value', 'value']);
    expect(setting.breaker.snapshot()).toEqual(open);
    expect(setting.recorder.of('success').map((event) => event.late)).toEqual([true, true]);
    expect(setting.breaker.counts).toMatchObject({ successes: 2 });
    await letPromisesRun();
    expect(setting.clock.pending).toBe(0);
  });

  it('that ends after the circuit closed counts for nothing', async () => {
    const setting = await halfOpened({ maxTrials: 3, successThreshold: 1 });
    const [first, second, third] = [begin(setting), begin(setting), begin(setting)];
    first.call.resolve('value');
    await first.seen;
    expect(setting.breaker.state).toBe('closed');
    const closed = setting.breaker.snapshot();
    second.call.reject(new Error('down'));
    third.call.resolve('value');
    await Promise.all([second.seen, third.seen]);
    expect(setting.breaker.snapshot()).toEqual(closed);
    expect(setting.recorder.last('failure').late).toBe(true);
    expect(setting.clock.pending).toBe(0);
  });

  it('of an earlier round frees no place of a later one, and closes nothing', async () => {
    const setting = await halfOpened({ maxTrials: 2 });
    const [slow, quick] = [begin(setting), begin(setting)];
    quick.call.reject(new Error('down'));
    await quick.seen;
    setting.clock.advance(1_000);
    const [one, two] = [begin(setting), begin(setting)];
    expect(setting.breaker.state).toBe('half-open');
    slow.call.resolve('value');
    await slow.seen;
    expect(setting.breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 0 });
    expect(await rejectionOf(setting.breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    one.call.resolve('value');
    await one.seen;
    expect(setting.breaker.state).toBe('closed');
    two.call.resolve('value');
    await two.seen;
  });

  it('that is ignored frees its place, as often as you like', async () => {
    const setting = await halfOpened({ maxTrials: 1 });
    for (let call = 0; call < 20; call += 1) {
      const controller = new AbortController();
      const seen = rejectionOf(setting.breaker.execute(never, { signal: controller.signal }));
      controller.abort();
      await seen;
    }
    expect(setting.breaker.state).toBe('half-open');
    expect(setting.clock.pending).toBe(0);
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
  });

  it('that throws in the same turn has failed', async () => {
    const setting = await halfOpened();
    await setting.breaker
      .execute(() => {
        throw new Error('down');
      })
      .catch(() => undefined);
    expect(setting.breaker.state).toBe('open');
  });

  it('that fails rejects with CircuitTrippedError, or with the original', async () => {
    const error = new Error('down');
    const one = await halfOpened();
    const seen = await rejectionOf(one.breaker.execute(() => Promise.reject(error)));
    expect(seen).toBeInstanceOf(CircuitTrippedError);
    expect(seen).toMatchObject({ cause: error });
    const two = await halfOpened({ throwNewErrorOnTrip: false });
    expect(await rejectionOf(two.breaker.execute(() => Promise.reject(error)))).toBe(error);
  });
});

describe('the deadline of a trial', () => {
  it('fails it, aborts its signal, tells its caller, and opens again', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500 });
    let inner: AbortSignal | undefined;
    const seen = rejectionOf(
      setting.breaker.execute(({ signal }) => {
        inner = signal;
        return never();
      }),
    );
    await setting.clock.advanceAsync(499);
    expect(setting.breaker.state).toBe('half-open');
    expect(inner?.aborted).toBe(false);
    await setting.clock.advanceAsync(1);
    const error = await seen;
    expect(error).toBeInstanceOf(CircuitTrippedError);
    expect((error as CircuitTrippedError).cause).toBeInstanceOf(CircuitTimeoutError);
    expect(inner?.aborted).toBe(true);
    expect(setting.breaker.snapshot()).toMatchObject({
      state: 'open',
      trips: 2,
      openUntilAt: START + 1_000 + 500 + 1_000,
    });
    expect(setting.breaker.counts).toMatchObject({ failures: 2 });
    expect(setting.clock.pending).toBe(0);
    expect(setting.recorder.trace).toBe('before-call failure half-open>open');
    expect(setting.recorder.last('failure').trial).toBe(true);
    expect(setting.recorder.last('failure').error).toBeInstanceOf(CircuitTimeoutError);
    expect(setting.recorder.last('state-change').reason).toBe('trial-failed');
  });

  it('tells its caller with CircuitTimeoutError where throwNewErrorOnTrip is false', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500, throwNewErrorOnTrip: false });
    const seen = rejectionOf(setting.breaker.execute(never));
    await setting.clock.advanceAsync(500);
    expect(await seen).toBeInstanceOf(CircuitTimeoutError);
  });

  it('is 30 s by default', async () => {
    const setting = await halfOpened();
    const seen = rejectionOf(setting.breaker.execute(never));
    await setting.clock.advanceAsync(29_999);
    expect(setting.breaker.state).toBe('half-open');
    await setting.clock.advanceAsync(1);
    expect(setting.breaker.state).toBe('open');
    await seen;
  });

  it('is timeoutMs by default, where that is longer', async () => {
    const setting = await halfOpened({ timeoutMs: 45_000 });
    const seen = rejectionOf(setting.breaker.execute(never));
    await setting.clock.advanceAsync(44_999);
    expect(setting.breaker.state).toBe('half-open');
    await setting.clock.advanceAsync(1);
    expect(setting.breaker.state).toBe('open');
    await seen;
    expect(setting.breaker.counts.failures).toBe(2);
    expect(setting.clock.pending).toBe(0);
  });

  it('counts from the trial’s own beginning', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500 });
    await setting.clock.advanceAsync(400);
    const trial = begin(setting);
    await setting.clock.advanceAsync(499);
    expect(setting.breaker.state).toBe('half-open');
    trial.call.resolve('value');
    expect(await trial.seen).toBe('value');
    expect(setting.breaker.state).toBe('closed');
  });

  it('is over for good: what comes later changes nothing', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500 });
    const trial = begin(setting);
    await setting.clock.advanceAsync(500);
    await trial.seen;
    const before = setting.breaker.snapshot();
    const counts = { ...setting.breaker.counts };
    trial.call.resolve('late');
    await letPromisesRun();
    expect(setting.breaker.snapshot()).toEqual(before);
    expect(setting.breaker.counts).toEqual(counts);
  });

  it('is over for good: an error that comes later is not left unhandled', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500 });
    const trial = begin(setting);
    await setting.clock.advanceAsync(500);
    await trial.seen;
    const counts = { ...setting.breaker.counts };
    trial.call.reject(new Error('late'));
    await letPromisesRun();
    expect(setting.breaker.counts).toEqual(counts);
  });

  it('does not touch a call that was admitted while closed', async () => {
    const setting = setUp({ trialTimeoutMs: 500 });
    const trial = begin(setting);
    await setting.clock.advanceAsync(100_000);
    trial.call.resolve('value');
    expect(await trial.seen).toBe('value');
  });

  it('leads out of every hang: the next trial after it may close', async () => {
    const setting = await halfOpened({ trialTimeoutMs: 500 });
    for (let round = 0; round < 5; round += 1) {
      const trial = begin(setting);
      await setting.clock.advanceAsync(500);
      await trial.seen;
      expect(setting.breaker.state).toBe('open');
      await setting.clock.advanceAsync(1_000);
    }
    await succeed(setting.breaker);
    expect(setting.breaker.state).toBe('closed');
  });

  it('holds after halfOpen() by hand as well', async () => {
    const setting = setUp({ trialTimeoutMs: 500, resetTimeoutMs: 1_000 });
    await setting.breaker.halfOpen();
    const seen = rejectionOf(setting.breaker.execute(never));
    await setting.clock.advanceAsync(500);
    await seen;
    expect(setting.breaker.snapshot()).toMatchObject({ state: 'open', retryAfterMs: 1_000 });
  });
});
