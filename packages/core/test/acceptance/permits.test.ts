import { describe, expect, it } from 'vitest';
import { CircuitOpenError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { START, setUp } from '../set-up.js';
import { watchSignal } from '../watched-signal.js';

describe('a permit', () => {
  it('is told by before-call, and settled by its word', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 5 });
    const good = await breaker.acquire();
    expect(recorder.trace).toBe('before-call');
    good.succeed();
    const bad = await breaker.acquire();
    const error = new Error('down');
    bad.fail(error);
    const neither = await breaker.acquire();
    neither.ignore();
    expect(recorder.trace).toBe('before-call success before-call failure before-call ignore');
    expect(recorder.last('failure').error).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 1, failures: 1, ignored: 1 });
    expect(breaker.snapshot().failures).toBe(1);
  });

  it('takes the first word; the others are not heard', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const permit = await breaker.acquire();
    permit.succeed();
    permit.fail(new Error('too late'));
    permit.ignore();
    permit.succeed();
    permit.settle({ error: new Error('too late') });
    permit[Symbol.dispose]();
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0, ignored: 0 });
    expect(recorder.trace).toBe('before-call success');
  });

  it('trips by its failures, and does not throw', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    for (let call = 0; call < 2; call += 1) {
      const permit = await breaker.acquire();
      permit.fail(new Error('down'));
    }
    expect(breaker.state).toBe('open');
  });

  it('your word is not judged: what exclude and ignore say plays no part', async () => {
    const { breaker } = setUp({ exclude: [RangeError], ignore: [SyntaxError], classify: () => 'ignore' });
    const permits = [await breaker.acquire(), await breaker.acquire(), await breaker.acquire()];
    permits[0]?.fail(new RangeError());
    permits[1]?.fail(new SyntaxError());
    permits[2]?.succeed();
    expect(breaker.counts).toMatchObject({ failures: 2, successes: 1, ignored: 0 });
  });

  it('is rejected by an open circuit', async () => {
    const { breaker } = setUp();
    await breaker.open();
    expect(await rejectionOf(breaker.acquire())).toBeInstanceOf(CircuitOpenError);
    await breaker.isolate();
    expect(await rejectionOf(breaker.acquire())).toMatchObject({ reason: 'isolated' });
    expect(breaker.counts).toMatchObject({ calls: 2, rejected: 2 });
  });

  it('says how long it took', async () => {
    const { breaker, clock, recorder } = setUp();
    const permit = await breaker.acquire();
    clock.advance(70);
    permit.succeed();
    expect(recorder.last('success').durationMs).toBe(70);
  });

  it('knows no timeoutMs, and holds no timer while closed', async () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const permit = await breaker.acquire();
    expect(clock.pending).toBe(0);
    await clock.advanceAsync(1_000_000);
    permit.succeed();
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0, timeouts: 0 });
  });

  it('that is forgotten while closed is in nobody’s way', async () => {
    const { breaker, clock } = setUp();
    for (let call = 0; call < 100; call += 1) {
      await breaker.acquire();
    }
    await clock.advanceAsync(1_000_000);
    await succeed(breaker);
    expect(clock.pending).toBe(0);
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0 });
  });

  it('does not join the call it is acquired in', async () => {
    const { breaker } = setUp();
    await breaker.execute(() => breaker.acquire().then((permit) => permit.succeed()));
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
  });
});

describe('settle', () => {
  it('judges by the rules, and says how', async () => {
    const { breaker } = setUp({
      exclude: [RangeError],
      ignore: [SyntaxError],
      classify: (outcome) => (!outcome.threw && outcome.value === 503 ? 'failure' : undefined),
    });
    expect((await breaker.acquire()).settle({ value: 200 })).toBe('success');
    expect((await breaker.acquire()).settle({ value: 503 })).toBe('failure');
    expect((await breaker.acquire()).settle({ value: undefined })).toBe('success');
    expect((await breaker.acquire()).settle({ error: new Error('down') })).toBe('failure');
    expect((await breaker.acquire()).settle({ error: undefined })).toBe('failure');
    expect((await breaker.acquire()).settle({ error: new RangeError() })).toBe('success');
    expect((await breaker.acquire()).settle({ error: new SyntaxError() })).toBe('ignore');
    expect(breaker.counts).toMatchObject({ calls: 7, successes: 3, failures: 3, ignored: 1 });
  });

  it('ignores a CircuitOpenError, as everywhere', async () => {
    const { breaker } = setUp();
    const other = setUp().breaker;
    await other.isolate();
    const error = await rejectionOf(other.execute(() => 1));
    expect((await breaker.acquire()).settle({ error })).toBe('ignore');
  });

  it('shows classify the outcome', async () => {
    const seen: unknown[] = [];
    const { breaker, clock } = setUp({
      classify: (outcome) => {
        seen.push(outcome);
        return 'ignore';
      },
    });
    const one = await breaker.acquire();
    clock.advance(10);
    expect(one.settle({ value: 'value' })).toBe('ignore');
    const error = new Error('down');
    const two = await breaker.acquire();
    clock.advance(20);
    expect(two.settle({ error })).toBe('ignore');
    expect(seen).toEqual([
      { threw: false, value: 'value', durationMs: 10 },
      { threw: true, error, durationMs: 20 },
    ]);
  });

  it('refuses what is neither a value nor an error, and leaves the permit as it is', async () => {
    const { breaker, recorder } = setUp();
    const permit = await breaker.acquire();
    for (const outcome of [undefined, null, 5, 'value', {}]) {
      expect(() => permit.settle(outcome as never)).toThrow(TypeError);
    }
    expect(breaker.counts).toMatchObject({ successes: 0, failures: 0, ignored: 0 });
    expect(recorder.trace).toBe('before-call');
    permit.succeed();
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });
});

describe('a scope', () => {
  it('left without a word is a failure', async () => {
    const { breaker, recorder } = setUp();
    {
      using permit = await breaker.acquire();
      expect(permit.trial).toBe(false);
    }
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    expect(recorder.trace).toBe('before-call failure');
  });

  it('left after a word is what the word says', async () => {
    const { breaker } = setUp();
    {
      using permit = await breaker.acquire();
      permit.succeed();
    }
    {
      using permit = await breaker.acquire();
      permit.ignore();
    }
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, ignored: 1, failures: 0 });
  });

  it('left by an error is a failure, and the error passes unchanged', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    const seen = await rejectionOf(
      (async () => {
        using permit = await breaker.acquire();
        throw permit.trial ? new Error('unexpected') : error;
      })(),
    );
    expect(seen).toBe(error);
    expect(breaker.state).toBe('open');
  });

  it('left twice counts once', async () => {
    const { breaker } = setUp();
    const permit = await breaker.acquire();
    permit[Symbol.dispose]();
    permit[Symbol.dispose]();
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
  });
});

describe('a permit as a trial', () => {
  it('says so', async () => {
    const { breaker } = setUp();
    const plain = await breaker.acquire();
    expect(plain.trial).toBe(false);
    plain.ignore();
    await breaker.halfOpen();
    const trial = await breaker.acquire();
    expect(trial.trial).toBe(true);
    expect(await rejectionOf(breaker.acquire())).toMatchObject({ reason: 'trial-limit' });
    trial.succeed();
    expect(breaker.state).toBe('closed');
  });

  it('opens by a failure, and frees its place when ignored', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    const neither = await breaker.acquire();
    neither.ignore();
    expect(clock.pending).toBe(0);
    const bad = await breaker.acquire();
    bad.fail(new Error('down'));
    expect(breaker.state).toBe('open');
    expect(clock.pending).toBe(0);
  });

  it('unsettled, fails at the deadline, and later words are not heard', async () => {
    const { breaker, clock, recorder } = setUp({ trialTimeoutMs: 500, resetTimeoutMs: 1_000 });
    await breaker.halfOpen();
    recorder.clear();
    const permit = await breaker.acquire();
    const { signal } = permit;
    expect(signal.aborted).toBe(false);
    await clock.advanceAsync(499);
    expect(breaker.state).toBe('half-open');
    await clock.advanceAsync(1);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', openUntilAt: START + 1_500 });
    expect(signal.aborted).toBe(true);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
    permit.succeed();
    permit[Symbol.dispose]();
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1, successes: 0 });
    expect(recorder.trace).toBe('before-call failure half-open>open');
    expect(clock.pending).toBe(0);
  });

  it('becomes the first trial of a circuit that is due', async () => {
    const { breaker, clock } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.open();
    clock.advance(1_000);
    const permit = await breaker.acquire();
    expect(permit.trial).toBe(true);
    expect(breaker.state).toBe('half-open');
    permit.settle({ value: 1 });
    expect(breaker.state).toBe('closed');
  });
});

describe('the signal of a permit', () => {
  it('is one, made when it is read, and follows that of the caller', async () => {
    const { breaker } = setUp();
    const controller = new AbortController();
    const permit = await breaker.acquire({ signal: controller.signal });
    expect(permit.signal).toBeInstanceOf(AbortSignal);
    expect(permit.signal).toBe(permit.signal);
    expect(permit.signal.aborted).toBe(false);
    controller.abort();
    expect(permit.signal.aborted).toBe(true);
    permit.settle({ error: controller.signal.reason });
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0 });
  });

  it('that is aborted before rejects, and is counted as ignored', async () => {
    const { breaker } = setUp();
    const reason = new Error('too late');
    expect(await rejectionOf(breaker.acquire({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1 });
  });

  it('is aborted where a listener aborts that of the caller as the permit is given', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const controller = new AbortController();
    breaker.addListener({ onBeforeCall: () => controller.abort() });
    const given = await breaker.acquire({ signal: controller.signal }).catch((error: unknown) => error);
    if (given !== controller.signal.reason) {
      const permit = given as Awaited<ReturnType<typeof breaker.acquire>>;
      expect(permit.signal.aborted).toBe(true);
      permit.settle({ error: new Error('the socket was closed') });
    }
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 1, ignored: 1, failures: 0 });
  });

  it('leaves nothing attached to that of the caller', async () => {
    const { breaker } = setUp({ trialTimeoutMs: 500 });
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    for (const word of ['succeed', 'ignore'] as const) {
      const permit = await breaker.acquire({ signal });
      expect(permit.signal.aborted).toBe(false);
      permit[word]();
      expect(watched.attached).toBe(0);
    }
    const left = await breaker.acquire({ signal });
    expect(left.signal.aborted).toBe(false);
    left[Symbol.dispose]();
    expect(watched.attached).toBe(0);
  });

  it('leaves nothing attached after the deadline of a trial', async () => {
    const { breaker, clock } = setUp({ trialTimeoutMs: 500 });
    await breaker.halfOpen();
    const { signal } = new AbortController();
    const watched = watchSignal(signal);
    const permit = await breaker.acquire({ signal });
    expect(permit.signal.aborted).toBe(false);
    await clock.advanceAsync(500);
    expect(watched.attached).toBe(0);
  });

  it('is a signal, or nothing happens', async () => {
    const { breaker } = setUp();
    for (const signal of ['text', 5, null, {}]) {
      await expect((async () => breaker.acquire({ signal: signal as never }))()).rejects.toThrow(TypeError);
      await expect((async () => breaker.acquire({ signal: signal as never }))()).rejects.toThrow(/signal/);
    }
    await expect((async () => breaker.acquire({ timeout: 5 } as never))()).rejects.toThrow(TypeError);
    await expect((async () => breaker.acquire('text' as never))()).rejects.toThrow(TypeError);
    expect(breaker.counts.calls).toBe(0);
  });
});

describe('two-step use', () => {
  it('in middleware: begin, do, tell', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    async function handle(work: () => Promise<string>): Promise<string> {
      const permit = await breaker.acquire();
      try {
        const value = await work();
        permit.succeed();
        return value;
      } catch (error) {
        permit.fail(error);
        throw error;
      }
    }
    const down = (): Promise<string> => Promise.reject(new Error('down'));
    expect(await handle(async () => 'value')).toBe('value');
    await rejectionOf(handle(down));
    await rejectionOf(handle(down));
    expect(await rejectionOf(handle(async () => 'value'))).toBeInstanceOf(CircuitOpenError);
  });

  it('its words may come in any order among permits', async () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const permits = await Promise.all([breaker.acquire(), breaker.acquire(), breaker.acquire()]);
    permits[2]?.fail(new Error('down'));
    permits[0]?.succeed();
    permits[1]?.fail(new Error('down'));
    await letPromisesRun();
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 1, failures: 2 });
  });
});
