import { describe, expect, it, vi } from 'vitest';
import { rejectionOf } from '../test/caught.js';
import { FakeClock } from '../test/fake-clock.js';
import { CircuitBreaker, CircuitTrippedError, failureRate, type ListenerErrorEvent, type TripPolicy } from './index.js';
import { OwnAdmission } from './own-admission.js';
import { Settings } from './settings.js';
import { Shell } from './shell.js';

const boom = new Error('boom');
const fail = async () => {
  throw boom;
};

describe('what a listener does to the circuit', () => {
  it('does not make a failure that tripped nothing look as if it had', async () => {
    const breaker = new CircuitBreaker('orders', { listeners: [{ onFailure: (event) => event.breaker.open() }] });
    expect(await rejectionOf(breaker.execute(fail))).toBe(boom);
    expect(breaker.state).toBe('open');
  });

  it('does not hide that a failure tripped the circuit', async () => {
    const breaker = new CircuitBreaker('orders', {
      failureThreshold: 1,
      listeners: [{ onStateChange: (event) => (event.to === 'open' ? event.breaker.close() : undefined) }],
    });
    expect(await rejectionOf(breaker.execute(fail))).toBeInstanceOf(CircuitTrippedError);
    expect(breaker.state).toBe('closed');
  });
});

it('tells of a policy that cannot even begin with the first outcome', async () => {
  const faults: ListenerErrorEvent[] = [];
  const trip: TripPolicy = {
    key: 'broken',
    initial: () => {
      throw boom;
    },
    record: (memory) => memory,
    trips: () => false,
  };
  const breaker = new CircuitBreaker('orders', {
    trip,
    listeners: [{ onListenerError: (fault) => faults.push(fault) }],
  });
  expect(breaker.state).toBe('closed');
  expect(await breaker.execute(async () => 1)).toBe(1);
  expect(faults.map(({ error, source, epoch }) => ({ error, source, epoch }))).toContainEqual({
    error: boom,
    source: 'trip',
    epoch: 0,
  });
});

it('makes no part of a call of what a listener calls that is told meanwhile', async () => {
  const breaker = new CircuitBreaker('orders');
  breaker.addListener({ onStateChange: () => void breaker.execute(async () => 1) });
  await breaker.execute(() => breaker.disable());
  expect(breaker.counts.calls).toBe(2);
});

it('takes it calmly that a listener goes who never came', () => {
  const breaker = new CircuitBreaker('orders');
  expect(() => breaker.removeListener({})).not.toThrow();
});

it('logs a fault to the console where nobody listens at all', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = () => {
    throw new Error('a bad predicate');
  };
  const breaker = new CircuitBreaker('orders', { exclude: [broken] });
  expect(await rejectionOf(breaker.execute(fail))).toBe(boom);
  expect(log).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('Circuit "orders": exclude threw'),
    new Error('a bad predicate'),
  );
  log.mockRestore();
});

it('hands on what was thrown, even where it does not let itself be read', async () => {
  const unreadable = new Proxy(new Error('hidden'), {
    has: () => fault(),
    get: () => fault(),
  });
  const fault = () => {
    throw new Error('not to be read');
  };
  const breaker = new CircuitBreaker('orders', { failureThreshold: 1 });
  const tripped = (await rejectionOf(breaker.execute(() => Promise.reject(unreadable)))) as CircuitTrippedError;
  expect(Object.is(tripped.cause, unreadable)).toBe(true);
  expect(breaker.counts.failures).toBe(1);
});

it('lets a plain success of an older epoch change nothing, though the circuit is closed again', async () => {
  const breaker = new CircuitBreaker('orders');
  let succeed = (): void => undefined;
  const late = breaker.execute(() => new Promise<void>((resolve) => (succeed = resolve)));
  await breaker.close();
  await rejectionOf(breaker.execute(fail));
  succeed();
  await late;
  expect(breaker.snapshot().failures).toBe(1);
  expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
});

it('gives a call that joins a plain one a signal of its own', async () => {
  const breaker = new CircuitBreaker('orders');
  const signals = await breaker.execute(({ signal }) =>
    breaker.execute((inner) => Promise.all([signal, inner.signal, breaker.execute((own) => own.signal)])),
  );
  expect(new Set(signals).size).toBe(3);
  expect(breaker.counts.calls).toBe(1);
});

it('lets a plain success that comes while open change nothing', async () => {
  const breaker = new CircuitBreaker('orders');
  let succeed = (): void => undefined;
  const late = breaker.execute(() => new Promise<void>((resolve) => (succeed = resolve)));
  await breaker.open();
  succeed();
  await late;
  expect(breaker.state).toBe('open');
  expect(breaker.counts).toMatchObject({ calls: 1, successes: 1 });
});

it('dates plain successes for a policy with a window', async () => {
  const trip = failureRate({ threshold: 0.5, windowMs: 100, minimumCalls: 2 });
  for (const [elapsedMs, state] of [
    [99, 'open'],
    [100, 'closed'],
  ] as const) {
    const clock = new FakeClock(1_000);
    const breaker = new CircuitBreaker('orders', { clock, trip });
    await breaker.execute(async () => 1);
    clock.advance(elapsedMs);
    await rejectionOf(breaker.execute(fail));
    expect(breaker.state).toBe(state);
  }
});

it('measures a call that began untimed from when somebody asked last, not from when another one did', async () => {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker('orders', { clock });
  const onSuccess = vi.fn();
  const [first, second] = [{ onSuccess: () => undefined }, { onSuccess }];
  breaker.addListener(first);
  breaker.removeListener(first);
  clock.advance(20);
  let succeed = (): void => undefined;
  const call = breaker.execute(() => new Promise<void>((resolve) => (succeed = resolve)));
  clock.advance(10);
  breaker.addListener(second);
  clock.advance(5);
  succeed();
  await call;
  expect(onSuccess).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ durationMs: 5 }));
});

it('measures a call that began untimed from when somebody asked first, of all who ask still', async () => {
  const clock = new FakeClock();
  const breaker = new CircuitBreaker('orders', { clock });
  const onSuccess = vi.fn();
  let succeed = (): void => undefined;
  const call = breaker.execute(() => new Promise<void>((resolve) => (succeed = resolve)));
  breaker.addListener({ onFailure: () => undefined });
  clock.advance(10);
  breaker.addListener({ onSuccess });
  clock.advance(5);
  succeed();
  await call;
  expect(onSuccess).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ durationMs: 15 }));
});

it('dates what it tells a listener who came while the call was judged', async () => {
  const clock = new FakeClock(1_000);
  const onFailure = vi.fn();
  const exclude = [
    () => {
      breaker.addListener({ onFailure });
      return false;
    },
  ];
  const breaker = new CircuitBreaker('orders', { clock, exclude });
  expect(await rejectionOf(breaker.execute(fail))).toBe(boom);
  expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ at: 1_000, error: boom }));
});

it('counts no ignored call as slow', async () => {
  const trip = failureRate({ threshold: 1, windowMs: 100, slowCallMs: 10 });
  const clock = new FakeClock();
  const breaker = new CircuitBreaker('orders', { clock, trip, ignore: [Error] });
  const failSlowly = () => {
    clock.advance(20);
    throw boom;
  };
  expect(await rejectionOf(breaker.execute(failSlowly))).toBe(boom);
  await breaker.execute(() => clock.advance(20));
  expect(breaker.counts).toMatchObject({ ignored: 1, successes: 1, slow: 1 });
});

it('gives back no place for a call that has none', async () => {
  const breaker = new CircuitBreaker('orders');
  const shell = new Shell(breaker, Settings.of({}));
  await shell.rule({ type: 'half-open' });
  const { current } = shell.own;
  expect(new OwnAdmission(shell).takeIn('ignore', false, 0)).toBe('counted');
  expect(shell.own.current).toBe(current);
});
