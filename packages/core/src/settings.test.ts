import { describe, expect, it } from 'vitest';
import { thrownBy } from '../test/caught.js';
import { CircuitBreaker, failureRate, lastCalls, MemoryStorage, shareOutcomes, shareTrips } from './index.js';

const SHARING_OPTIONS = ['storage', 'sharing', 'leaseTimeoutMs', 'storageTimeoutMs', 'syncIntervalMs'];

describe('a change of options', () => {
  it('keeps the trip policy, where it names neither that nor failureThreshold', () => {
    const trip = failureRate({ threshold: 0.5, windowMs: 1_000 });
    const breaker = new CircuitBreaker('orders', { trip });
    breaker.configure({ maxTrials: 2 });
    expect(breaker.options.trip).toBe(trip);
    expect(breaker.options).not.toHaveProperty('failureThreshold');
    breaker.configure({ failureThreshold: 3 });
    expect(breaker.options.failureThreshold).toBe(3);
    expect(breaker.options).not.toHaveProperty('trip');
    breaker.configure({ maxTrials: 1 });
    expect(breaker.options.failureThreshold).toBe(3);
  });

  it('is refused where it names what is no option, with what can be named', () => {
    const breaker = new CircuitBreaker('orders');
    expect(() => breaker.configure({ maxTrails: 2 } as never)).toThrow(
      /^changes has an unknown key "maxTrails" \(2\), expected: failureThreshold, trip, /,
    );
  });
});

it('are refused where one is none, with what can be given', () => {
  expect(() => new CircuitBreaker('orders', { maxTrails: 2 } as never)).toThrow(
    /^options has an unknown key "maxTrails" \(2\), expected: failureThreshold, trip, .*, random$/,
  );
});

it.each([
  [{ exclude: [Error, 5] }, 'exclude[1] must be a function, but is 5'],
  [{ ignore: [async () => true] }, 'ignore[0] must be a function that answers at once, but is an async function'],
  [{ listeners: [{}, { onEvent: 5 }] }, 'listeners[1].onEvent must be a function, but is 5'],
  [{ resetTimeoutMs: null }, 'resetTimeoutMs must be a finite number of milliseconds of at least 0, but is null'],
  [
    { resetTimeoutMs: async () => 5 },
    'resetTimeoutMs must be a function that answers at once, but is an async function',
  ],
])('are refused where one is not what it must be: %o', (options, message) => {
  expect(thrownBy(() => new CircuitBreaker('orders', options as never))).toEqual(new TypeError(message));
});

it.each([
  ['exclude', Error],
  ['ignore', Error],
  ['listeners', {}],
] as const)('keep a copy of the list that is given as %s', (option, item) => {
  const given: unknown[] = [item];
  const { options } = new CircuitBreaker('orders', { [option]: given });
  given.pop();
  expect(options[option]).toEqual([item]);
  expect(Object.isFrozen(options[option])).toBe(true);
});

it('are shared by the breakers that are made of them', () => {
  const { options } = new CircuitBreaker('orders', { maxTrials: 2 });
  expect(new CircuitBreaker('payments', options).options).toBe(options);
});

describe('the options of a shared circuit', () => {
  it('have their defaults', () => {
    const storage = new MemoryStorage();
    const { options } = new CircuitBreaker('orders', { storage });
    expect(options.storage).toBe(storage);
    expect(options).toMatchObject({ leaseTimeoutMs: 100, storageTimeoutMs: 500, syncIntervalMs: 5_000 });
    expect(options.sharing).toEqual(shareOutcomes({ flushIntervalMs: 50, hearingMs: 150 }));
  });

  it('are not kept by a breaker that shares nothing', () => {
    const breaker = new CircuitBreaker('orders', { leaseTimeoutMs: 5, sharing: shareTrips() });
    for (const option of SHARING_OPTIONS) expect(breaker.options).not.toHaveProperty(option);
  });

  it.each([
    ['storage', {}, 'storage.read must be a function, but is undefined'],
    ['sharing', 5, 'sharing must be shareOutcomes() or shareTrips(), but is 5'],
    ['leaseTimeoutMs', -1, 'leaseTimeoutMs must be a finite number of milliseconds of at least 0, but is -1'],
    ['storageTimeoutMs', 0, 'storageTimeoutMs must be a finite number of milliseconds above 0, but is 0'],
    ['syncIntervalMs', 0, 'syncIntervalMs must be a finite number of milliseconds above 0, but is 0'],
  ])('are checked, also where nothing is shared: %s', (option, value, message) => {
    expect(() => new CircuitBreaker('orders', { [option]: value })).toThrow(message);
  });

  it('take only a mergeable policy where outcomes are shared', () => {
    const storage = new MemoryStorage();
    const trip = lastCalls({ size: 10, threshold: 0.5 });
    expect(thrownBy(() => new CircuitBreaker('orders', { storage, trip }))).toEqual(
      new TypeError('trip must be a mergeable policy, unless sharing is shareTrips(), but is "last-calls:10"'),
    );
    expect(new CircuitBreaker('orders', { storage, trip, sharing: shareTrips() }).options.trip).toBe(trip);
    expect(new CircuitBreaker('orders', { trip }).options.trip).toBe(trip);
  });

  it('go back to their defaults one by one, and the storage stays', () => {
    const storage = new MemoryStorage();
    const breaker = new CircuitBreaker('orders', { storage, storageTimeoutMs: 7, leaseTimeoutMs: 8 });
    breaker.configure({ storageTimeoutMs: undefined });
    expect(breaker.options).toMatchObject({ storage, storageTimeoutMs: 500, leaseTimeoutMs: 8 });
  });

  it('leave no room for a policy that cannot be merged, later on either', () => {
    const breaker = new CircuitBreaker('orders', { storage: new MemoryStorage() });
    expect(() => breaker.configure({ trip: lastCalls({ size: 10, threshold: 0.5 }) })).toThrow(TypeError);
    expect(breaker.options.failureThreshold).toBe(5);
  });
});
