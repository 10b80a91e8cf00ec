import { afterEach, describe, expect, it, vi } from 'vitest';
import { rejectionOf, thrownBy } from '../../test/caught.js';
import { FakeClock } from '../../test/fake-clock.js';
import { CircuitBreaker, failureRate } from '../index.js';

const fault = new Error('a fault');
const raise = () => {
  throw fault;
};

afterEach(() => vi.restoreAllMocks());

describe('a console that throws', () => {
  it('keeps no caller waiting, and makes no listener deaf', async () => {
    vi.spyOn(console, 'error').mockImplementation(raise);
    const breaker = new CircuitBreaker('orders', { listeners: [{ onSuccess: raise }], ignore: [raise] });
    expect(await breaker.execute(async () => 1)).toBe(1);
    expect(await rejectionOf(breaker.execute(raise, {}))).toBe(fault);
    const told = vi.fn();
    breaker.addListener({ onSuccess: told });
    await breaker.execute(async () => 2);
    expect(told).toHaveBeenCalledOnce();
    expect(breaker.counts).toMatchObject({ calls: 3, successes: 2, failures: 1 });
  });
});

describe('a clock that breaks', () => {
  it('keeps no caller waiting', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker('orders', { clock, classify: () => undefined });
    const call = breaker.execute(async () => 1);
    vi.spyOn(clock, 'now').mockImplementation(raise);
    expect(await rejectionOf(call)).toBe(fault);
  });

  it('does not keep the circuit open for ever, once it has given NaN', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker('orders', { clock });
    vi.spyOn(clock, 'now').mockReturnValueOnce(Number.NaN);
    await breaker.open();
    expect(await breaker.execute(async () => 1)).toBe(1);
    expect(breaker.state).toBe('closed');
  });

  it('does not stop a time window for ever, once it has given NaN', async () => {
    const clock = new FakeClock();
    const trip = failureRate({ threshold: 1, windowMs: 100, minimumCalls: 2 });
    const breaker = new CircuitBreaker('orders', { clock, trip });
    vi.spyOn(clock, 'now').mockReturnValueOnce(Number.NaN);
    for (let call = 0; call < 3; call++) await rejectionOf(breaker.execute(raise));
    expect(breaker.state).toBe('open');
  });

  it('counts no timeout where its timer comes after the end', async () => {
    const clock = new FakeClock();
    const cleared = vi.spyOn(clock, 'clearTimeout').mockImplementation(() => undefined);
    const breaker = new CircuitBreaker('orders', { clock, timeoutMs: 10 });
    expect(await breaker.execute(async () => 1)).toBe(1);
    cleared.mockRestore();
    clock.advance(10);
    expect(breaker.counts).toMatchObject({ successes: 1, failures: 0, timeouts: 0 });
  });
});

describe('what a guarded function gives', () => {
  const unreadable = () => new Proxy({}, { get: raise });

  it('may be unreadable: the call counts all the same', () => {
    const breaker = new CircuitBreaker('orders');
    expect(thrownBy(() => breaker.executeSync(unreadable))).toBe(fault);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
  });

  it('may be a promise that cannot be looked at: the call rejects, and counts', async () => {
    const breaker = new CircuitBreaker('orders');
    const promise = Object.defineProperty(Promise.resolve(1), 'constructor', { get: raise });
    expect(await rejectionOf(breaker.execute(() => promise))).toBe(fault);
    expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
  });
});

it('gives a synchronous function no argument, as it has a signature of its own', () => {
  const breaker = new CircuitBreaker('orders');
  const load = (path = 'default') => path;
  expect(breaker.executeSync(load)).toBe('default');
});

it('guards a generator function that is guarded already', () => {
  const inner = new CircuitBreaker('inner');
  const outer = new CircuitBreaker('outer');
  const numbers = outer.wrap(
    inner.wrap(function* () {
      yield 1;
    }),
  );
  expect([...numbers()]).toEqual([1]);
  expect([inner.counts.successes, outer.counts.successes]).toEqual([1, 1]);
});

it('refuses what answers only later, where an answer is needed at once', () => {
  const later = (async () => true) as never;
  for (const options of [{ exclude: [later] }, { ignore: [later] }, { classify: later }, { resetTimeoutMs: later }]) {
    expect(() => new CircuitBreaker('orders', options)).toThrow(
      /must be a function that answers at once, but is an async/,
    );
  }
  const trip = { key: 'mine', initial: () => 0, record: () => 0, trips: later };
  expect(() => new CircuitBreaker('orders', { trip })).toThrow(/trip\.trips must be .*, but is an async function/);
});

it('says what to give in place of a promise', async () => {
  const breaker = new CircuitBreaker('orders');
  const error = await rejectionOf(breaker.execute(Promise.resolve(1) as never));
  expect(error).toEqual(new TypeError('fn must be a function that makes the call, but is a promise'));
  expect(() => new CircuitBreaker('orders', Promise.resolve({}) as never)).toThrow('but is a promise');
});
