import { describe, expect, it } from 'vitest';
import { type CircuitBreaker, CircuitOpenError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { START, setUp } from '../set-up.js';

describe('closed', () => {
  it('is how a breaker begins', () => {
    const { breaker } = setUp();
    expect(breaker.name).toBe('orders');
    expect(breaker.state).toBe('closed');
  });

  it('gives the value of the call', async () => {
    const { breaker } = setUp();
    const value = { id: 1 };
    expect(await breaker.execute(() => Promise.resolve(value))).toBe(value);
    expect(await breaker.execute(() => value)).toBe(value);
    expect(await breaker.execute(async () => undefined)).toBeUndefined();
  });

  it('gives the error of the call, unchanged, while it does not trip', async () => {
    const { breaker } = setUp();
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(
      await rejectionOf(
        breaker.execute(() => {
          throw error;
        }),
      ),
    ).toBe(error);
    expect(breaker.counts.failures).toBe(2);
  });

  it('trips at five failures in a row by default, not before', async () => {
    const { breaker } = setUp();
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('trips at failureThreshold failures in a row', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('begins the streak anew after a success', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    await fail(breaker, 2);
    await succeed(breaker);
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('is open from the failure that trips, for resetTimeoutMs', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(700);
    await fail(breaker);
    expect(breaker.snapshot()).toMatchObject({
      state: 'open',
      openUntilAt: START + 1_700,
      retryAfterMs: 1_000,
      trips: 1,
    });
  });

  it('counts the time open from the end of the call that trips, not from its start', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    const call = deferred();
    const seen = rejectionOf(breaker.execute(() => call.promise));
    clock.advance(300);
    call.reject(new Error('down'));
    await seen;
    expect(breaker.snapshot().openUntilAt).toBe(START + 1_300);
  });

  it('counts calls by their end when they overlap', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const first = deferred();
    const second = deferred();
    const third = deferred();
    const calls = [first, second, third].map((call) => breaker.execute(() => call.promise).catch(() => undefined));
    third.reject(new Error('down'));
    await calls[2];
    second.resolve('value');
    await calls[1];
    first.reject(new Error('down'));
    await calls[0];
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(1);
  });

  it('holds nothing while a call runs: calls run side by side', async () => {
    const { breaker } = setUp();
    let running = 0;
    let most = 0;
    const gate = deferred<undefined>();
    const calls = Array.from({ length: 50 }, () =>
      breaker.execute(async () => {
        running += 1;
        most = Math.max(most, running);
        await gate.promise;
        running -= 1;
      }),
    );
    gate.resolve(undefined);
    await Promise.all(calls);
    expect(most).toBe(50);
    expect(breaker.counts.successes).toBe(50);
  });

  it('begins the call at once, in the same turn', () => {
    const { breaker } = setUp();
    let ran = false;
    void breaker.execute(() => {
      ran = true;
    });
    expect(ran).toBe(true);
  });

  it('runs a call once, whatever it does', async () => {
    const { breaker } = setUp();
    let runs = 0;
    await breaker.execute(async () => {
      runs += 1;
    });
    await breaker
      .execute(async () => {
        runs += 1;
        throw new Error('down');
      })
      .catch(() => undefined);
    expect(runs).toBe(2);
  });

  it('awaits any thenable', async () => {
    const { breaker } = setUp();
    const thenable: PromiseLike<string> = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then: (onValue, onError) => Promise.resolve('value').then(onValue, onError),
    };
    expect(await breaker.execute(() => thenable)).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });
});

describe('open', () => {
  it('rejects until openUntilAt, without running the call', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(999);
    let ran = false;
    const error = await rejectionOf(
      breaker.execute(() => {
        ran = true;
      }),
    );
    expect(error).toBeInstanceOf(CircuitOpenError);
    expect(error).toMatchObject({ state: 'open', reason: 'open', retryAfterMs: 1, circuit: 'orders' });
    expect(ran).toBe(false);
    expect(breaker.state).toBe('open');
  });

  it('says at every rejection how long is left', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ retryAfterMs: 1_000 });
    clock.advance(400);
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ retryAfterMs: 600 });
  });

  it('is not prolonged by rejections', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    for (let call = 0; call < 10; call += 1) {
      clock.advance(99);
      await rejectionOf(breaker.execute(() => 1));
    }
    expect(breaker.snapshot()).toMatchObject({ openUntilAt: START + 1_000, retryAfterMs: 10 });
  });

  it('admits a call at exactly openUntilAt, as a trial', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    expect(breaker.state).toBe('half-open');
    call.resolve('value');
    expect(await value).toBe('value');
    expect(breaker.state).toBe('closed');
    expect(recorder.last('success').trial).toBe(true);
  });

  it('becomes half-open lazily: by a call, never by time alone', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    expect(clock.pending).toBe(0);
    recorder.clear();
    clock.advance(1_000_000);
    expect(breaker.state).toBe('open');
    expect(breaker.snapshot().state).toBe('open');
    expect(breaker.snapshot().retryAfterMs).toBe(0);
    expect(recorder.events).toEqual([]);
  });

  it('ends at once where resetTimeoutMs is 0', async () => {
    const { breaker } = setUp({ failureThreshold: 1, resetTimeoutMs: 0 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('lasts 60 s by default', async () => {
    const { breaker, clock } = setUp();
    await fail(breaker, 5);
    clock.advance(59_999);
    expect(await rejectionOf(breaker.execute(() => 1))).toBeInstanceOf(CircuitOpenError);
    clock.advance(1);
    expect(await breaker.execute(() => 1)).toBe(1);
  });

  it('asks resetTimeoutMs with the number of trips, and the random source', async () => {
    const asked: number[] = [];
    const drawn: number[] = [];
    const { breaker, clock } = setUp({
      failureThreshold: 1,
      random: () => 0.25,
      resetTimeoutMs: (trips, random) => {
        asked.push(trips);
        drawn.push(random());
        return trips * 100;
      },
    });
    await fail(breaker);
    expect(breaker.snapshot().retryAfterMs).toBe(100);
    clock.advance(100);
    await fail(breaker);
    expect(breaker.snapshot().retryAfterMs).toBe(200);
    clock.advance(200);
    await fail(breaker);
    expect(breaker.snapshot().retryAfterMs).toBe(300);
    clock.advance(300);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.snapshot().retryAfterMs).toBe(100);
    expect(asked).toEqual([1, 2, 3, 1]);
    expect(drawn).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('lasts the default where resetTimeoutMs throws, and the fault is reported', async () => {
    const fault = new Error('bad back-off');
    const { breaker, recorder } = setUp({
      failureThreshold: 1,
      resetTimeoutMs: () => {
        throw fault;
      },
    });
    const error = new Error('down');
    const seen = await rejectionOf(breaker.execute(() => Promise.reject(error)));
    expect(seen).toBeInstanceOf(CircuitTrippedError);
    expect(seen).toMatchObject({ cause: error });
    expect(breaker.snapshot()).toMatchObject({ state: 'open', retryAfterMs: 60_000 });
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault]);
  });
});

describe('half-open', () => {
  async function halfOpen(breaker: CircuitBreaker): Promise<void> {
    await breaker.halfOpen();
    expect(breaker.state).toBe('half-open');
  }

  it('closes at successThreshold successes', async () => {
    const { breaker } = setUp({ successThreshold: 3 });
    await halfOpen(breaker);
    await succeed(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    await succeed(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 2 });
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('opens again at the first failure, whatever the threshold and the successes before', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 5, successThreshold: 3, resetTimeoutMs: 1_000 });
    await halfOpen(breaker);
    await succeed(breaker, 2);
    clock.advance(50);
    await fail(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 1_050, retryAfterMs: 1_000 });
  });

  it('forgets the successes of an earlier round', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, successThreshold: 2, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('adds one to trips at every failed trial; closed has none', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    expect(breaker.snapshot().trips).toBe(0);
    for (const trips of [1, 2, 3]) {
      await fail(breaker);
      expect(breaker.snapshot().trips).toBe(trips);
      clock.advance(1_000);
    }
    await succeed(breaker);
    expect(breaker.snapshot().trips).toBe(0);
  });

  it('closed by trials, it remembers no failure', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    await fail(breaker, 2);
    clock.advance(1_000);
    await succeed(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });
});

describe('isolated', () => {
  it('rejects every call, for ever, and knows no time to retry', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 10 });
    await breaker.isolate();
    for (const ms of [0, 10, 1_000_000_000]) {
      clock.advance(ms);
      const error = await rejectionOf(breaker.execute(() => 1));
      expect(error).toBeInstanceOf(CircuitOpenError);
      expect(error).toMatchObject({ state: 'isolated', reason: 'isolated' });
      expect((error as CircuitOpenError).retryAfterMs).toBeUndefined();
      expect(breaker.state).toBe('isolated');
    }
    expect(breaker.counts.rejected).toBe(3);
  });
});

describe('disabled', () => {
  it('passes every call, and no outcome changes it', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await breaker.disable();
    const error = new Error('down');
    for (let call = 0; call < 10; call += 1) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    }
    await succeed(breaker, 3);
    expect(breaker.state).toBe('disabled');
    expect(breaker.counts).toMatchObject({ calls: 13, failures: 10, successes: 3, rejected: 0 });
  });

  it('goes on telling listeners', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    await breaker.disable();
    recorder.clear();
    await fail(breaker);
    await succeed(breaker);
    expect(recorder.trace).toBe('before-call failure before-call success');
  });

  it('remembers nothing of it once closed', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    await breaker.disable();
    await fail(breaker, 5);
    await breaker.close();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
    await fail(breaker);
    expect(breaker.state).toBe('closed');
  });
});

describe('epoch', () => {
  it('grows by one at every change of state', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    const first = breaker.snapshot().epoch;
    await succeed(breaker, 3);
    expect(breaker.snapshot().epoch).toBe(first);
    await fail(breaker);
    expect(breaker.snapshot().epoch).toBe(first + 1);
    clock.advance(1_000);
    const trial = deferred();
    const value = breaker.execute(() => trial.promise);
    expect(breaker.snapshot().epoch).toBe(first + 2);
    trial.resolve('value');
    await value;
    expect(breaker.snapshot().epoch).toBe(first + 3);
  });

  it('grows by one at every ruling that changes the state', async () => {
    const { breaker } = setUp();
    const first = breaker.snapshot().epoch;
    await breaker.open();
    await breaker.halfOpen();
    await breaker.isolate();
    await breaker.disable();
    await breaker.close();
    expect(breaker.snapshot().epoch).toBe(first + 5);
  });

  it('stays at a ruling that changes nothing', async () => {
    const { breaker } = setUp();
    for (const rule of ['open', 'halfOpen', 'isolate', 'disable'] as const) {
      await breaker[rule]();
      const { epoch } = breaker.snapshot();
      await breaker[rule]();
      expect(breaker.snapshot().epoch).toBe(epoch);
    }
  });

  it('grows by one at a close() of a closed circuit', async () => {
    const { breaker } = setUp();
    await fail(breaker);
    const { epoch } = breaker.snapshot();
    await breaker.close();
    expect(breaker.snapshot().epoch).toBe(epoch + 1);
  });

  it('stays while outcomes are only counted', async () => {
    const { breaker } = setUp({ failureThreshold: 5, successThreshold: 3 });
    const { epoch } = breaker.snapshot();
    await fail(breaker, 4);
    expect(breaker.snapshot().epoch).toBe(epoch);
    await breaker.halfOpen();
    await succeed(breaker, 2);
    expect(breaker.snapshot().epoch).toBe(epoch + 1);
  });
});

describe('every state, every ruling', () => {
  const states = {
    closed: 'close',
    open: 'open',
    'half-open': 'halfOpen',
    isolated: 'isolate',
    disabled: 'disable',
  } as const;
  const names = Object.keys(states) as (keyof typeof states)[];

  for (const from of names) {
    for (const to of names) {
      it(`${from}, ${states[to]}(): ${to}`, async () => {
        const { breaker, recorder } = setUp();
        if (from !== 'closed') {
          await breaker[states[from]]();
        }
        recorder.clear();
        await breaker[states[to]]();
        expect(breaker.state).toBe(to);
        expect(breaker.snapshot().state).toBe(to);
        expect(recorder.trace).toBe(from === to ? '' : `${from}>${to}`);
      });
    }
  }
});
