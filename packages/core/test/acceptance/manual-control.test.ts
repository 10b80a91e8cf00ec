import { describe, expect, it } from 'vitest';
import { rejectionOf } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { START, setUp } from '../set-up.js';

const rulings = ['open', 'halfOpen', 'close', 'isolate', 'disable'] as const;

describe('a ruling', () => {
  it('takes effect at once, and its promise settles', async () => {
    const states = {
      open: 'open',
      halfOpen: 'half-open',
      close: 'closed',
      isolate: 'isolated',
      disable: 'disabled',
    } as const;
    const { breaker } = setUp();
    for (const rule of rulings) {
      const settled = breaker[rule]();
      expect(settled).toBeInstanceOf(Promise);
      expect(breaker.state).toBe(states[rule]);
      await settled;
      expect(breaker.state).toBe(states[rule]);
    }
  });

  it('is told as a change by hand, made here, of this process', async () => {
    const { breaker, recorder } = setUp();
    await breaker.open();
    await breaker.halfOpen();
    await breaker.isolate();
    await breaker.disable();
    await breaker.close();
    expect(recorder.trace).toBe('closed>open open>half-open half-open>isolated isolated>disabled disabled>closed');
    for (const event of recorder.of('state-change')) {
      expect(event).toMatchObject({
        reason: 'manual',
        origin: 'local',
        scope: 'process',
        circuit: 'orders',
        at: START,
      });
    }
  });

  it('to the state that holds already is silent', async () => {
    const { breaker, recorder } = setUp();
    for (const rule of rulings) {
      await breaker[rule]();
      recorder.clear();
      await breaker[rule]();
      expect(recorder.events).toEqual([]);
    }
  });

  it('sets no timer', async () => {
    const { breaker, clock } = setUp();
    for (const rule of rulings) {
      await breaker[rule]();
      expect(clock.pending).toBe(0);
    }
  });
});

describe('open()', () => {
  it('is open for resetTimeoutMs, then admits a trial', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.open();
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 1_000, retryAfterMs: 1_000 });
    clock.advance(999);
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'open', retryAfterMs: 1 });
    clock.advance(1);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('of an open circuit does not extend it', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    for (let times = 0; times < 4; times += 1) {
      clock.advance(200);
      await breaker.open();
    }
    expect(breaker.snapshot()).toMatchObject({ openUntilAt: START + 1_000, retryAfterMs: 200, trips: 1 });
    clock.advance(200);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('asks resetTimeoutMs with at least 1', async () => {
    const asked: number[] = [];
    const { breaker } = setUp({
      resetTimeoutMs: (trips) => {
        asked.push(trips);
        return 500;
      },
    });
    await breaker.open();
    expect(breaker.snapshot().retryAfterMs).toBe(500);
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(1);
  });

  it('of a half-open circuit ends its round', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.halfOpen();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await breaker.open();
    call.resolve('late');
    await value;
    expect(breaker.state).toBe('open');
    expect(clock.pending).toBe(0);
  });
});

describe('halfOpen()', () => {
  it('makes the next calls trials', async () => {
    const { breaker, recorder } = setUp({ successThreshold: 2 });
    await breaker.halfOpen();
    await succeed(breaker);
    expect(recorder.last('before-call').trial).toBe(true);
    expect(recorder.last('success').trial).toBe(true);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('of an open circuit that is not due makes it so', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await fail(breaker);
    await breaker.halfOpen();
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('of a half-open circuit keeps its successes and places', async () => {
    const { breaker } = setUp({ successThreshold: 2 });
    await breaker.halfOpen();
    await succeed(breaker);
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    await breaker.halfOpen();
    expect(breaker.snapshot()).toMatchObject({ state: 'half-open', successes: 1 });
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'trial-limit' });
    call.resolve('value');
    await value;
    expect(breaker.state).toBe('closed');
  });

  it('whose trial fails opens the circuit', async () => {
    const { breaker } = setUp({ failureThreshold: 5, resetTimeoutMs: 1_000 });
    await breaker.halfOpen();
    await fail(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', retryAfterMs: 1_000 });
    expect(breaker.snapshot().trips).toBeGreaterThanOrEqual(1);
  });
});

describe('close()', () => {
  it('forgets what a closed circuit remembers', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 3 });
    await fail(breaker, 2);
    recorder.clear();
    await breaker.close();
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
    expect(recorder.events).toEqual([]);
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('begins the count of trips anew', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    await fail(breaker);
    expect(breaker.snapshot().trips).toBe(2);
    await breaker.close();
    expect(breaker.snapshot().trips).toBe(0);
    await fail(breaker);
    expect(breaker.snapshot().trips).toBe(1);
  });

  it('leaves the counts alone', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    await fail(breaker, 2);
    await succeed(breaker);
    await breaker.close();
    expect(breaker.counts).toMatchObject({ calls: 3, failures: 2, successes: 1 });
  });

  it('ends isolated and disabled', async () => {
    const { breaker } = setUp();
    await breaker.isolate();
    await breaker.close();
    expect(await breaker.execute(() => 1)).toBe(1);
    await breaker.disable();
    await breaker.close();
    await fail(breaker, 5);
    expect(breaker.state).toBe('open');
  });
});

describe('isolate() and disable()', () => {
  it('hold whatever happens', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1 });
    await breaker.isolate();
    for (let round = 0; round < 5; round += 1) {
      clock.advance(1_000);
      await rejectionOf(breaker.execute(() => 1));
    }
    expect(breaker.state).toBe('isolated');
    await breaker.disable();
    await fail(breaker, 10);
    clock.advance(1_000);
    await succeed(breaker);
    expect(breaker.state).toBe('disabled');
  });

  it('disabled calls are no trials, and have timeouts as ever', async () => {
    const { breaker, clock, recorder } = setUp({ timeoutMs: 100 });
    await breaker.disable();
    const seen = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
    await clock.advanceAsync(100);
    expect(await seen).toMatchObject({ name: 'CircuitTimeoutError' });
    expect(recorder.last('before-call').trial).toBe(false);
    expect(breaker.state).toBe('disabled');
    expect(breaker.counts).toMatchObject({ failures: 1, timeouts: 1 });
  });

  it('a failure while disabled rejects with the original error, however many there are', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await breaker.disable();
    const error = new Error('down');
    for (let call = 0; call < 3; call += 1) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    }
  });
});

describe('without a storage', () => {
  it('ready, flush and dispose resolve, and set nothing up', async () => {
    const { breaker, clock, recorder } = setUp();
    await breaker.ready();
    await breaker.flush();
    expect(clock.pending).toBe(0);
    expect(recorder.events).toEqual([]);
    await breaker.dispose();
    expect(clock.pending).toBe(0);
  });

  it('a disposed breaker goes on with its own circuit', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    await breaker.dispose();
    await breaker.dispose();
    expect(await breaker.execute(() => 1)).toBe(1);
    await fail(breaker);
    expect(breaker.state).toBe('open');
    await breaker.ready();
    await breaker.flush();
  });

  it('a breaker can be awaited out of its scope', async () => {
    const { breaker } = setUp();
    {
      await using scoped = breaker;
      expect(scoped.state).toBe('closed');
    }
    expect(typeof breaker[Symbol.asyncDispose]).toBe('function');
  });
});
