import { beforeAll, describe, expect, it, vi } from 'vitest';
import * as here from '../index.js';

type Copy = typeof here;

function errorsOf({ CircuitOpenError, CircuitStorageError, CircuitTimeoutError, CircuitTrippedError }: Copy) {
  return {
    CircuitOpenError: new CircuitOpenError('orders', { state: 'open', reason: 'open', retryAfterMs: 5 }),
    CircuitStorageError: new CircuitStorageError('orders', { reason: 'timeout', mayHaveBeenApplied: true }),
    CircuitTimeoutError: new CircuitTimeoutError('orders', 100),
    CircuitTrippedError: new CircuitTrippedError('orders', new Error('down')),
  };
}

/** The classes themselves, apart from their module. */
const OURS = {
  CircuitOpenError: here.CircuitOpenError,
  CircuitStorageError: here.CircuitStorageError,
  CircuitTimeoutError: here.CircuitTimeoutError,
  CircuitTrippedError: here.CircuitTrippedError,
};
const NAMES = ['CircuitOpenError', 'CircuitStorageError', 'CircuitTimeoutError', 'CircuitTrippedError'] as const;

describe('instanceof, across two copies of the package', () => {
  let there: Copy;

  beforeAll(async () => {
    vi.resetModules();
    there = await import('../index.js');
  });

  it('is tested with two copies indeed', () => {
    expect(there.CircuitBreakerError).not.toBe(here.CircuitBreakerError);
    expect(Object.getPrototypeOf(there.CircuitOpenError)).toBe(there.CircuitBreakerError);
  });

  it.each(NAMES)('holds for %s both ways', (name) => {
    expect(errorsOf(there)[name]).toBeInstanceOf(OURS[name]);
    expect(errorsOf(here)[name]).toBeInstanceOf(there[name]);
  });

  it.each(NAMES)('knows %s for an error of a breaker, and for an error', (name) => {
    expect(errorsOf(there)[name]).toBeInstanceOf(here.CircuitBreakerError);
    expect(errorsOf(there)[name]).toBeInstanceOf(Error);
  });

  it.each(NAMES)('takes %s for no other', (name) => {
    for (const other of NAMES.filter((each) => each !== name)) {
      expect(errorsOf(there)[name]).not.toBeInstanceOf(OURS[other]);
    }
  });

  it('takes a plain base error for none of its kinds', () => {
    const base = new there.CircuitBreakerError('orders', 'odd');
    expect(base).toBeInstanceOf(here.CircuitBreakerError);
    for (const name of NAMES) expect(base).not.toBeInstanceOf(OURS[name]);
  });

  it('lets a breaker of one copy ignore the rejections of another', async () => {
    const inner = new there.CircuitBreaker('inner');
    await inner.isolate();
    const outer = new here.CircuitBreaker('outer', { failureThreshold: 1 });
    await expect(outer.execute(() => inner.execute(() => 'value'))).rejects.toBeInstanceOf(here.CircuitOpenError);
    expect([outer.state, outer.counts.ignored]).toEqual(['closed', 1]);
  });
});

describe('instanceof, of a class that a user derives', () => {
  class QuotaError extends here.CircuitBreakerError {}
  class SlowError extends here.CircuitTimeoutError {}

  it('knows its own instances, also for those of the class above', () => {
    expect(new QuotaError('orders', 'used up')).toBeInstanceOf(QuotaError);
    expect(new QuotaError('orders', 'used up')).toBeInstanceOf(here.CircuitBreakerError);
    expect(new SlowError('orders', 5)).toBeInstanceOf(SlowError);
    expect(new SlowError('orders', 5)).toBeInstanceOf(here.CircuitTimeoutError);
  });

  it('takes no other error for one of its own', () => {
    expect(errorsOf(here).CircuitTimeoutError).not.toBeInstanceOf(SlowError);
    expect(errorsOf(here).CircuitTimeoutError).not.toBeInstanceOf(QuotaError);
    expect(new QuotaError('orders', 'used up')).not.toBeInstanceOf(SlowError);
  });
});

describe('instanceof, of anything else', () => {
  it.each([[new Error('x')], [{}], [null], [undefined], ['CircuitOpenError'], [() => 0], [Object.create(null)]])(
    'is false for %o',
    (value) => {
      expect(value instanceof here.CircuitBreakerError).toBe(false);
      expect(value instanceof here.CircuitOpenError).toBe(false);
    },
  );

  it('is false for a proxy that answers nothing', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(proxy instanceof here.CircuitOpenError).toBe(false);
  });

  it('goes by the brand, not by the name', () => {
    const named = Object.assign(new Error('x'), { name: 'CircuitOpenError', code: 'ERR_CIRCUIT_OPEN' });
    expect(named instanceof here.CircuitOpenError).toBe(false);
  });
});
