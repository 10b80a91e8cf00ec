import { describe, expect, it, vi } from 'vitest';
import { thrownBy } from '../../test/caught.js';
import { CircuitBreaker, type CircuitBreakerOptions, CircuitTrippedError } from '../index.js';

it('refuses a promise, and tells so as an ignored call', () => {
  const onIgnore = vi.fn();
  const breaker = new CircuitBreaker('orders', { listeners: [{ onIgnore }] });
  const error = thrownBy(() => breaker.executeSync(async () => 1));
  expect(error).toEqual(
    new TypeError('fn gave a promise: executeSync() and wrapSync() are for synchronous functions, execute() awaits'),
  );
  expect(onIgnore).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ error, durationMs: expect.any(Number) }));
});

it.each([
  [[5], 'fn must be a function that makes the call, but is 5'],
  [[() => 1, { signal: 5 }], 'options has an unknown key "signal" (5), expected: fallback'],
])('refuses the arguments %o, and says what is wrong', (args, message) => {
  const breaker = new CircuitBreaker('orders');
  expect(thrownBy(() => breaker.executeSync(...(args as [never])))).toEqual(new TypeError(message));
  expect(breaker.counts.calls).toBe(0);
});

const boom = new Error('boom');
const fail = () => {
  throw boom;
};

// Where nobody asks for more than the counts, a shorter way is taken: by the same rules.
describe.each<[string, CircuitBreakerOptions]>([
  ['alone', {}],
  ['timed', { listeners: [{ onSuccess: () => undefined }] }],
  ['with a time-out, which plays no part', { timeoutMs: 10 }],
])('a synchronous call, %s', (_title, options) => {
  const make = (more: CircuitBreakerOptions = {}) => new CircuitBreaker('orders', { ...options, ...more });

  it('gives what its function gives, and counts it', () => {
    const breaker = make();
    expect(breaker.executeSync(() => 42)).toBe(42);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('throws what its function throws, and trips with it', () => {
    const breaker = make({ failureThreshold: 2 });
    expect(thrownBy(() => breaker.executeSync(fail))).toBe(boom);
    const tripped = thrownBy(() => breaker.executeSync(fail));
    expect(tripped).toBeInstanceOf(CircuitTrippedError);
    expect(tripped).toHaveProperty('cause', boom);
    expect([breaker.state, breaker.counts.failures]).toEqual(['open', 2]);
  });

  it('has its streak ended by a success', () => {
    const breaker = make({ failureThreshold: 2 });
    expect(thrownBy(() => breaker.executeSync(fail))).toBe(boom);
    breaker.executeSync(() => 1);
    expect(thrownBy(() => breaker.executeSync(fail))).toBe(boom);
    expect(breaker.state).toBe('closed');
  });

  it('ignores a promise', () => {
    const breaker = make({ failureThreshold: 1 });
    expect(thrownBy(() => breaker.executeSync(async () => 1))).toBeInstanceOf(TypeError);
    expect([breaker.state, breaker.counts]).toMatchObject(['closed', { calls: 1, ignored: 1, failures: 0 }]);
  });

  it('takes in the calls that it makes, and none after it', () => {
    const breaker = make();
    expect(breaker.executeSync(() => breaker.executeSync(() => 1))).toBe(1);
    expect(thrownBy(() => breaker.executeSync(() => breaker.executeSync(fail)))).toBe(boom);
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    breaker.executeSync(() => 1);
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2 });
  });

  it('gives an asynchronous call within it a signal', async () => {
    const breaker = make();
    let inner: Promise<boolean> | undefined;
    breaker.executeSync(() => {
      inner = breaker.execute(({ signal }) => signal.aborted);
    });
    expect(await inner).toBe(false);
    expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
  });

  it('changes nothing where its own function opens the circuit', () => {
    const breaker = make({ failureThreshold: 1 });
    breaker.executeSync(() => void breaker.isolate());
    expect([breaker.state, breaker.counts.successes]).toEqual(['isolated', 1]);
  });
});
