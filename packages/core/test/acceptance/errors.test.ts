import { describe, expect, it, vi } from 'vitest';
import * as core from '../../src/index.js';
import { CircuitBreakerError, CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { fail } from '../drive.js';
import { setUp } from '../set-up.js';

async function openError(options: core.CircuitBreakerOptions = {}): Promise<CircuitOpenError> {
  const { breaker } = setUp(options);
  await breaker.open();
  return (await rejectionOf(breaker.execute(() => 1))) as CircuitOpenError;
}

async function trippedError(cause: unknown = new Error('down')): Promise<CircuitTrippedError> {
  const { breaker } = setUp({ failureThreshold: 1 });
  return (await rejectionOf(breaker.execute(() => Promise.reject(cause)))) as CircuitTrippedError;
}

async function timeoutError(): Promise<CircuitTimeoutError> {
  const { breaker, clock } = setUp({ timeoutMs: 100 });
  const seen = rejectionOf(breaker.execute(() => new Promise(() => undefined)));
  await clock.advanceAsync(100);
  return (await seen) as CircuitTimeoutError;
}

describe('the package', () => {
  it('gives everything by its name', () => {
    expect(Object.keys(core)).toEqual(
      expect.arrayContaining([
        'CircuitBreaker',
        'CircuitBreakerError',
        'CircuitBreakerRegistry',
        'CircuitOpenError',
        'CircuitTimeoutError',
        'CircuitTrippedError',
        'consecutiveFailures',
        'exponentialBackoff',
        'failureCount',
        'failureRate',
        'lastCalls',
      ]),
    );
  });
});

describe('CircuitOpenError', () => {
  it('has its code, its name and its facts', async () => {
    const error = await openError({ resetTimeoutMs: 1_000 });
    expect(error).toMatchObject({
      name: 'CircuitOpenError',
      code: 'ERR_CIRCUIT_OPEN',
      circuit: 'orders',
      state: 'open',
      reason: 'open',
      retryAfterMs: 1_000,
    });
    expect(error.message).toContain('orders');
  });

  it('says which state rejected, and why', async () => {
    const { breaker } = setUp();
    await breaker.halfOpen();
    void breaker.execute(() => new Promise(() => undefined));
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ state: 'half-open', reason: 'trial-limit' });
    await breaker.isolate();
    expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ state: 'isolated', reason: 'isolated' });
  });

  it('carries no stack trace by default', async () => {
    const limit = Error.stackTraceLimit;
    const error = await openError();
    expect(error.stack ?? '').not.toMatch(/\n\s+at /);
    expect(Error.stackTraceLimit).toBe(limit);
    expect(new Error('other').stack).toMatch(/\n\s+at /);
  });

  it('carries one where rejectionStackTrace is true', async () => {
    const error = await openError({ rejectionStackTrace: true });
    expect(error.stack).toMatch(/\n\s+at /);
  });

  it('carries one as soon as it is configured', async () => {
    const { breaker } = setUp();
    await breaker.open();
    breaker.configure({ rejectionStackTrace: true });
    expect(((await rejectionOf(breaker.execute(() => 1))) as Error).stack).toMatch(/\n\s+at /);
    breaker.configure({ rejectionStackTrace: false });
    expect(((await rejectionOf(breaker.execute(() => 1))) as Error).stack ?? '').not.toMatch(/\n\s+at /);
  });

  it('shows its name', async () => {
    expect(String(await openError())).toMatch(/^CircuitOpenError: /);
    expect(String(await trippedError())).toMatch(/^CircuitTrippedError: /);
    expect(String(await timeoutError())).toMatch(/^CircuitTimeoutError: /);
  });

  it('is another object for every rejection', async () => {
    const { breaker } = setUp();
    await breaker.open();
    const one = await rejectionOf(breaker.execute(() => 1));
    const two = await rejectionOf(breaker.execute(() => 1));
    expect(one).not.toBe(two);
  });
});

describe('CircuitTrippedError', () => {
  it('has its code, its name and its cause', async () => {
    const cause = new Error('down');
    const error = await trippedError(cause);
    expect(error).toMatchObject({ name: 'CircuitTrippedError', code: 'ERR_CIRCUIT_TRIPPED', circuit: 'orders' });
    expect(error.cause).toBe(cause);
    expect(error.message).toContain('orders');
  });

  it('is thrown once: by the failure that trips, by no other', async () => {
    const { breaker } = setUp({ failureThreshold: 3 });
    const error = new Error('down');
    const seen: unknown[] = [];
    for (let call = 0; call < 3; call += 1) {
      seen.push(await rejectionOf(breaker.execute(() => Promise.reject(error))));
    }
    expect(seen.slice(0, 2)).toEqual([error, error]);
    expect(seen[2]).toBeInstanceOf(CircuitTrippedError);
  });

  it('is not thrown where throwNewErrorOnTrip is false', async () => {
    const { breaker } = setUp({ failureThreshold: 1, throwNewErrorOnTrip: false });
    const error = new Error('down');
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
  });
});

describe('CircuitTimeoutError', () => {
  it('has its code, its name and its time', async () => {
    const error = await timeoutError();
    expect(error).toMatchObject({
      name: 'CircuitTimeoutError',
      code: 'ERR_CIRCUIT_TIMEOUT',
      circuit: 'orders',
      timeoutMs: 100,
    });
    expect(error.message).toContain('orders');
    expect(error.message).toContain('100');
  });
});

describe('instanceof', () => {
  it('tells the classes apart, and knows the base', async () => {
    const errors = [await openError(), await trippedError(), await timeoutError()];
    const classes = [CircuitOpenError, CircuitTrippedError, CircuitTimeoutError];
    for (const [index, error] of errors.entries()) {
      expect(error).toBeInstanceOf(Error);
      expect(error).toBeInstanceOf(CircuitBreakerError);
      expect(classes.map((each) => error instanceof each)).toEqual(classes.map((_, other) => other === index));
    }
  });

  it('does not hold for anything else', () => {
    for (const value of [
      new Error('x'),
      {},
      null,
      undefined,
      'text',
      5,
      { name: 'CircuitOpenError', code: 'ERR_CIRCUIT_OPEN' },
    ]) {
      expect((value as unknown) instanceof CircuitBreakerError).toBe(false);
      expect((value as unknown) instanceof CircuitOpenError).toBe(false);
    }
  });

  it('does not hold for a subclass of the user’s', async () => {
    class OwnError extends CircuitBreakerError {}
    class OwnOpenError extends CircuitOpenError {}
    const error = await openError();
    expect(error instanceof OwnError).toBe(false);
    expect(error instanceof OwnOpenError).toBe(false);
  });

  it('holds across two copies of the package', async () => {
    vi.resetModules();
    const copy: typeof core = await import('../../src/index.js');
    expect(copy.CircuitOpenError).not.toBe(CircuitOpenError);
    const open: unknown = await openError();
    const tripped: unknown = await trippedError();
    const timeout: unknown = await timeoutError();
    expect(open instanceof copy.CircuitOpenError).toBe(true);
    expect(tripped instanceof copy.CircuitTrippedError).toBe(true);
    expect(timeout instanceof copy.CircuitTimeoutError).toBe(true);
    for (const error of [open, tripped, timeout]) {
      expect(error instanceof copy.CircuitBreakerError).toBe(true);
    }
    expect(open instanceof copy.CircuitTrippedError).toBe(false);
    expect(timeout instanceof copy.CircuitOpenError).toBe(false);
  });

  it('lets one copy’s breaker ignore the rejection of the other’s', async () => {
    vi.resetModules();
    const copy: typeof core = await import('../../src/index.js');
    const error = await openError();
    const breaker = new copy.CircuitBreaker('orders', { failureThreshold: 1 });
    expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    expect(breaker.counts).toMatchObject({ ignored: 1, failures: 0 });
    expect(breaker.state).toBe('closed');
  });

  it('lets one copy’s classes be excluded in the other', async () => {
    vi.resetModules();
    const copy: typeof core = await import('../../src/index.js');
    const error = await openError();
    const breaker = new copy.CircuitBreaker('orders', { exclude: [CircuitOpenError as typeof copy.CircuitOpenError] });
    await fail(breaker as unknown as core.CircuitBreaker, 1, error);
    expect(breaker.counts).toMatchObject({ successes: 1, ignored: 0 });
  });
});
