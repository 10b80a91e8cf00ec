import { describe, expect, it, vi } from 'vitest';
import { breaker as stranger } from '../test/events.js';
import { ownCircuit, START, takeIn, takePlace } from '../test/own-circuit.js';
import { RecordingListener } from '../test/recording-listener.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { TripPolicy } from './policy/trip-policy.js';

const fault = new Error('broken policy');

function raise(): never {
  throw fault;
}

/** A policy that counts failures and never trips, with something else in it. */
function policy(parts: Partial<TripPolicy<number>>): TripPolicy {
  const counting: TripPolicy<number> = {
    key: 'mine',
    initial: () => 0,
    record: (failures, tally) => failures + tally.failures,
    trips: () => false,
    failures: (failures) => failures,
    ...parts,
  };
  return counting as TripPolicy;
}

describe.each([
  ['record', policy({ record: raise })],
  ['trips', policy({ trips: raise })],
  ['initial', policy({ initial: raise })],
  ['record, with a window', policy({ record: raise, windowMs: 100 })],
])('a policy that throws in %s', (_, trip) => {
  it('leaves it to the default policy to trip, at 5 failures in a row', () => {
    const { own, clock } = ownCircuit({ trip, resetTimeoutMs: 100 });
    takeIn(own, 'failure', 'failure', 'failure', 'failure');
    expect(own.current).toMatchObject({ state: 'closed', epoch: 0 });
    takeIn(own, 'failure');
    expect(own.current).toEqual({ state: 'open', epoch: 1, trips: 1, openUntilAt: clock.time + 100 });
  });

  it('lets a success end the row', () => {
    const { own } = ownCircuit({ trip });
    takeIn(own, 'failure', 'failure', 'failure', 'failure', 'success', 'failure', 'failure', 'failure', 'failure');
    expect(own.current.state).toBe('closed');
    takeIn(own, 'failure');
    expect(own.current.state).toBe('open');
  });

  it('is reported at every failure, as the option trip', () => {
    const { own, faults } = ownCircuit({ trip });
    takeIn(own, 'failure', 'failure');
    expect(faults).toEqual([
      { error: fault, source: 'trip' },
      { error: fault, source: 'trip' },
    ]);
  });

  it('hinders neither trials nor rulings', () => {
    const { own } = ownCircuit({ trip });
    own.apply({ type: 'half-open' }, START);
    own.takeIn(takePlace(own, START), 'success', false);
    expect(own.current).toMatchObject({ state: 'closed', epoch: 2 });
    own.apply({ type: 'isolate' }, START);
    own.apply({ type: 'close' }, START);
    expect(own.current).toMatchObject({ state: 'closed', epoch: 4 });
  });
});

describe('a policy that throws in initial', () => {
  it('can be closed, by trial or by hand, and is reported each time', () => {
    const { own, faults } = ownCircuit({ trip: policy({ initial: raise }) });
    own.apply({ type: 'close' }, START);
    expect(own.current).toMatchObject({ state: 'closed', epoch: 1 });
    expect(faults).toEqual([{ error: fault, source: 'trip' }]);
  });

  it('can be configured', () => {
    const { own, faults, settings } = ownCircuit();
    own.configure(settings.with({ trip: policy({ initial: raise }) }));
    takeIn(own, 'failure', 'failure', 'failure', 'failure', 'failure');
    expect(own.current.state).toBe('open');
    expect(faults.length).toBeGreaterThan(1);
  });

  it('is told to the listeners of a breaker that is made with it', async () => {
    const recorder = new RecordingListener();
    const breaker = new CircuitBreaker('orders', { trip: policy({ initial: raise }), listeners: [recorder] });
    await breaker.execute(() => 'value');
    expect(recorder.last('listener-error')).toMatchObject({ error: fault, source: 'trip', breaker });
    expect(recorder.last('listener-error').breaker).not.toBe(stranger);
  });
});

describe('a policy that throws in failures', () => {
  it('shows none, and is reported', () => {
    const { own, faults } = ownCircuit({ trip: policy({ failures: raise }) });
    takeIn(own, 'failure', 'failure');
    expect(own.failures(START)).toBe(0);
    expect(faults).toEqual([{ error: fault, source: 'trip' }]);
  });
});

describe('a policy that throws once', () => {
  it('goes on by itself, from the beginning', () => {
    const record = vi.fn((failures: number) => failures + 1);
    record.mockImplementationOnce(raise);
    const { own, faults } = ownCircuit({ trip: policy({ record, trips: (failures) => failures >= 3 }) });
    takeIn(own, 'failure', 'failure', 'failure');
    expect(own.current).toMatchObject({ state: 'closed', policyKey: 'mine', memory: 2 });
    takeIn(own, 'failure');
    expect(own.current.state).toBe('open');
    expect(faults).toHaveLength(1);
  });
});

describe('a policy that throws what is no error', () => {
  it('is reported all the same', () => {
    const record = () => {
      throw undefined;
    };
    const { own, faults } = ownCircuit({ trip: policy({ record }) });
    takeIn(own, 'failure');
    expect(faults).toEqual([{ error: undefined, source: 'trip' }]);
  });
});

describe('resetTimeoutMs, as a function', () => {
  it('is given the trips since the circuit was closed, and the source of chance', () => {
    const random = () => 0.5;
    const resetTimeoutMs = vi.fn(() => 0);
    const { own } = ownCircuit({ failureThreshold: 1, resetTimeoutMs, random });
    takeIn(own, 'failure');
    own.takeIn(takePlace(own, START), 'failure', false);
    own.apply({ type: 'close' }, START);
    own.apply({ type: 'open' }, START);
    expect(resetTimeoutMs.mock.calls).toEqual([
      [1, random],
      [2, random],
      [1, random],
    ]);
  });

  it('may give 0', () => {
    const { own, faults } = ownCircuit({ failureThreshold: 1, resetTimeoutMs: () => 0 });
    takeIn(own, 'failure');
    expect(own.current).toMatchObject({ state: 'open', openUntilAt: START });
    expect(faults).toEqual([]);
  });

  it('leaves it to the default where it throws, and is reported', () => {
    const { own, faults } = ownCircuit({ failureThreshold: 1, resetTimeoutMs: raise });
    takeIn(own, 'failure');
    expect(own.current).toMatchObject({ state: 'open', openUntilAt: START + 60_000 });
    expect(faults).toEqual([{ error: fault, source: 'resetTimeoutMs' }]);
  });

  it.each([
    [Number.NaN, RangeError, 'NaN'],
    [-1, RangeError, '-1'],
    [Number.POSITIVE_INFINITY, RangeError, 'Infinity'],
    ['100', TypeError, '"100"'],
    [undefined, TypeError, 'undefined'],
    [Promise.resolve(100), TypeError, 'a promise'],
  ])('leaves it to the default where it gives %o, and is reported', (given, Failure, shown) => {
    const { own, faults } = ownCircuit({ failureThreshold: 1, resetTimeoutMs: () => given as number });
    takeIn(own, 'failure');
    expect(own.current).toMatchObject({ state: 'open', openUntilAt: START + 60_000 });
    const expected = `what resetTimeoutMs gives must be a finite number of milliseconds of at least 0, but is ${shown}`;
    expect(faults).toEqual([{ error: new Failure(expected), source: 'resetTimeoutMs' }]);
  });

  it('is asked under the default policy too, where that has taken over', () => {
    const { own } = ownCircuit({ trip: policy({ record: raise }), resetTimeoutMs: () => 77 });
    takeIn(own, 'failure', 'failure', 'failure', 'failure', 'failure');
    expect(own.current).toMatchObject({ state: 'open', openUntilAt: START + 77 });
  });
});
