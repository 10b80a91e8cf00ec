import { describe, expect, it } from 'vitest';
import { CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { fail, succeed } from '../drive.js';
import { type Setting, setUp } from '../set-up.js';

function make(): Setting {
  return setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
}

async function opened(): Promise<Setting> {
  const setting = make();
  await fail(setting.breaker, 2);
  expect(setting.breaker.state).toBe('open');
  setting.recorder.clear();
  return setting;
}

describe('golden traces, threshold 2, one listener', () => {
  it('fail, fail', async () => {
    const { breaker, recorder } = make();
    await fail(breaker, 2);
    expect(recorder.trace).toBe('before-call failure before-call failure closed>open');
  });

  it('open, time passes, success', async () => {
    const { breaker, clock, recorder } = await opened();
    clock.advance(1_000);
    await succeed(breaker);
    expect(recorder.trace).toBe('open>half-open before-call success half-open>closed');
  });

  it('open, time passes, failure', async () => {
    const { breaker, clock, recorder } = await opened();
    clock.advance(1_000);
    await fail(breaker);
    expect(recorder.trace).toBe('open>half-open before-call failure half-open>open');
  });

  it('open, too early', async () => {
    const { breaker, clock, recorder } = await opened();
    clock.advance(999);
    await rejectionOf(breaker.execute(() => 1));
    expect(recorder.trace).toBe('reject');
  });

  for (const way of ['executeSync', 'wrap', 'wrapSync', 'permit', 'generator'] as const) {
    it(`are the same through ${way}`, async () => {
      const { breaker, clock, recorder } = make();
      const error = new Error('down');
      const ways: Record<typeof way, (works: boolean) => unknown> = {
        executeSync: (works) =>
          breaker.executeSync(() => {
            if (!works) throw error;
          }),
        wrap: (works) => breaker.wrap(async () => (works ? 1 : Promise.reject(error)))(),
        wrapSync: (works) =>
          breaker.wrapSync(() => {
            if (!works) throw error;
          })(),
        permit: async (works) => {
          const permit = await breaker.acquire();
          if (works) permit.succeed();
          else permit.fail(error);
        },
        generator: (works) => [
          ...breaker.wrap(function* () {
            yield 1;
            if (!works) throw error;
          })(),
        ],
      };
      const call = async (works: boolean): Promise<void> => {
        await (async () => ways[way](works))().catch(() => undefined);
      };
      await call(false);
      await call(false);
      await call(true);
      clock.advance(1_000);
      await call(false);
      clock.advance(1_000);
      await call(true);
      expect(recorder.trace).toBe(
        [
          'before-call failure before-call failure closed>open',
          'reject',
          'open>half-open before-call failure half-open>open',
          'open>half-open before-call success half-open>closed',
        ].join(' '),
      );
    });
  }
});

describe('as in pybreaker', () => {
  it('the defaults: five failures, sixty seconds, one success', async () => {
    const { breaker, clock } = setUp();
    await fail(breaker, 5);
    expect(breaker.state).toBe('open');
    clock.advance(60_000);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('the failing call that trips raises the breaker’s error, with the cause', async () => {
    const { breaker } = make();
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    const seen = await rejectionOf(breaker.execute(() => Promise.reject(error)));
    expect(seen).toBeInstanceOf(CircuitTrippedError);
    expect((seen as CircuitTrippedError).cause).toBe(error);
  });

  it('an excluded error resets the streak and closes a half-open circuit', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000, exclude: [RangeError] });
    await fail(breaker);
    await fail(breaker, 1, new RangeError());
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    clock.advance(1_000);
    await fail(breaker, 1, new RangeError());
    expect(breaker.state).toBe('closed');
  });

  it('a call at exactly the timeout is admitted', async () => {
    const { breaker, clock } = await opened();
    clock.advance(1_000);
    expect(await breaker.execute(async () => 'value')).toBe('value');
  });

  it('a failed trial opens again: trips grow, by one', async () => {
    const { breaker, clock } = await opened();
    clock.advance(1_000);
    await fail(breaker);
    expect(breaker.snapshot()).toMatchObject({ state: 'open', trips: 2 });
  });

  it('an async call runs once, and counts when it settles, once', async () => {
    const { breaker, recorder } = make();
    let runs = 0;
    await breaker.execute(async () => {
      runs += 1;
      await undefined;
    });
    expect(runs).toBe(1);
    expect(recorder.trace).toBe('before-call success');
  });
});
