import { describe, expect, it } from 'vitest';
import { CircuitOpenError, CircuitTrippedError } from '../../src/index.js';
import { thrownBy } from '../caught.js';
import { succeed } from '../drive.js';
import { letPromisesRun } from '../let-promises-run.js';
import { setUp } from '../set-up.js';

const error = new Error('down');
const down = (): never => {
  throw error;
};

describe('executeSync', () => {
  it('gives the value, or throws the error', () => {
    const { breaker, recorder } = setUp();
    const value = { id: 1 };
    expect(breaker.executeSync(() => value)).toBe(value);
    expect(breaker.executeSync(() => undefined)).toBeUndefined();
    expect(thrownBy(() => breaker.executeSync(down))).toBe(error);
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2, failures: 1 });
    expect(recorder.trace).toBe('before-call success before-call success before-call failure');
  });

  it('follows the same rules', () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 2, resetTimeoutMs: 1_000 });
    expect(thrownBy(() => breaker.executeSync(down))).toBe(error);
    const tripped = thrownBy(() => breaker.executeSync(down));
    expect(tripped).toBeInstanceOf(CircuitTrippedError);
    expect(tripped).toMatchObject({ cause: error });
    expect(thrownBy(() => breaker.executeSync(() => 1))).toBeInstanceOf(CircuitOpenError);
    clock.advance(1_000);
    expect(breaker.executeSync(() => 1)).toBe(1);
    expect(recorder.trace).toBe(
      'before-call failure before-call failure closed>open reject open>half-open before-call success half-open>closed',
    );
    expect(clock.pending).toBe(0);
  });

  it('throws the original where throwNewErrorOnTrip is false', () => {
    const { breaker } = setUp({ failureThreshold: 1, throwNewErrorOnTrip: false });
    expect(thrownBy(() => breaker.executeSync(down))).toBe(error);
    expect(breaker.state).toBe('open');
  });

  it('fails a trial', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    expect(thrownBy(() => breaker.executeSync(down))).toBeInstanceOf(CircuitTrippedError);
    expect(breaker.state).toBe('open');
    expect(clock.pending).toBe(0);
  });

  it('is rejected where trials fill the places', async () => {
    const { breaker } = setUp();
    await breaker.halfOpen();
    void breaker.execute(() => new Promise(() => undefined));
    expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ reason: 'trial-limit', retryAfterMs: 30_000 });
  });

  it('knows no timeoutMs', () => {
    const { breaker, clock } = setUp({ timeoutMs: 100 });
    const value = breaker.executeSync(() => {
      expect(clock.pending).toBe(0);
      clock.advance(10_000);
      return 'value';
    });
    expect(value).toBe('value');
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0, timeouts: 0 });
  });

  it('measures how long a call took', () => {
    const { breaker, clock, recorder } = setUp();
    breaker.executeSync(() => clock.advance(25));
    expect(recorder.last('success').durationMs).toBe(25);
  });

  it('refuses a promise, which is ignored, and nothing is left unhandled', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    for (const run of [async () => 'value', async () => down(), () => Promise.reject(error)]) {
      expect(thrownBy(() => breaker.executeSync(run as never))).toBeInstanceOf(TypeError);
    }
    await letPromisesRun();
    expect(breaker.state).toBe('closed');
    expect(breaker.counts).toMatchObject({ calls: 3, ignored: 3, failures: 0, successes: 0 });
    expect(recorder.of('ignore')).toHaveLength(3);
  });

  it('refuses a promise of a call that joined as well', async () => {
    const { breaker } = setUp({ failureThreshold: 1 });
    const seen = breaker.executeSync(() => thrownBy(() => breaker.executeSync((() => Promise.reject(error)) as never)));
    expect(seen).toBeInstanceOf(TypeError);
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1, failures: 0 });
  });

  it('frees the place of a trial that gave a promise', async () => {
    const { breaker, clock } = setUp();
    await breaker.halfOpen();
    expect(thrownBy(() => breaker.executeSync((async () => 'value') as never))).toBeInstanceOf(TypeError);
    expect(breaker.state).toBe('half-open');
    expect(clock.pending).toBe(0);
    await succeed(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('refuses what is no function, and options that are none', () => {
    const { breaker } = setUp();
    for (const call of ['text', 5, null, undefined, {}]) {
      expect(() => breaker.executeSync(call as never)).toThrow(TypeError);
    }
    for (const options of ['text', 5, null, { timeout: 5 }]) {
      expect(() => breaker.executeSync(() => 1, options as never)).toThrow(TypeError);
    }
    expect(() => breaker.executeSync(() => 1, { timeout: 5 } as never)).toThrow(/timeout/);
    expect(breaker.counts.calls).toBe(0);
  });
});

describe('wrapSync', () => {
  it('keeps this, arguments, name and length', () => {
    const { breaker } = setUp();
    const repository = {
      prefix: 'order-',
      find: breaker.wrapSync(function find(this: { prefix: string }, id: string, _version: number): string {
        return `${this.prefix}${id}`;
      }),
    };
    expect(repository.find('1', 2)).toBe('order-1');
    expect(repository.find.name).toBe('find');
    expect(repository.find.length).toBe(2);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('follows the same rules', () => {
    const { breaker } = setUp({ failureThreshold: 2 });
    const find = breaker.wrapSync(down);
    expect(thrownBy(find)).toBe(error);
    expect(thrownBy(find)).toBeInstanceOf(CircuitTrippedError);
    expect(thrownBy(find)).toBeInstanceOf(CircuitOpenError);
    expect(breaker.counts).toMatchObject({ calls: 3, failures: 2, rejected: 1 });
  });

  it('refuses a function that gives a promise', async () => {
    const { breaker } = setUp();
    expect(thrownBy(() => (breaker.wrapSync((async () => 'value') as never) as () => unknown)())).toBeInstanceOf(
      TypeError,
    );
    await letPromisesRun();
    expect(breaker.counts).toMatchObject({ failures: 0, successes: 0 });
  });
});
