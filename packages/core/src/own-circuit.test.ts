import { describe, expect, it, vi } from 'vitest';
import { ownCircuit, START, takeIn, takePlace } from '../test/own-circuit.js';
import type { CircuitBreakerOptions } from './options.js';
import { consecutiveFailures } from './policy/consecutive-failures.js';
import { failureCount } from './policy/failure-count.js';
import { failureRate } from './policy/failure-rate.js';

describe("a process's own circuit", () => {
  it('begins closed, with nothing remembered', () => {
    const { own } = ownCircuit({ failureThreshold: 2 });
    expect(own.current).toMatchObject({ state: 'closed', epoch: 0, trips: 0 });
    expect(own.failures(START)).toBe(0);
  });

  it('trips where its policy says so, for as long as it shall', () => {
    const { own } = ownCircuit({ failureThreshold: 2, resetTimeoutMs: 100 });
    takeIn(own, 'failure', 'success', 'failure');
    expect([own.current.state, own.failures(START)]).toEqual(['closed', 1]);
    takeIn(own, 'failure');
    expect(own.current).toEqual({ state: 'open', epoch: 1, trips: 1, openUntilAt: START + 100 });
    expect(own.failures(START)).toBe(0);
  });

  it('gives the circuit that a result led to, or undefined where it had no say', () => {
    const { own } = ownCircuit({ failureThreshold: 1 });
    const call = { epoch: 0, leaseId: undefined };
    expect(own.takeIn(call, 'ignore', false)).toBe(own.current);
    expect(own.takeIn(call, 'failure', false)).toBe(own.current);
    expect(own.current.state).toBe('open');
    expect(own.takeIn(call, 'failure', false)).toBeUndefined();
    expect(own.takeIn(call, 'ignore', false)).toBeUndefined();
  });

  it('trips on slow successes and slow failures, where its policy minds them', () => {
    const trip = failureRate({ threshold: 1, windowMs: 1_000, minimumCalls: 2, slowCallMs: 10 });
    const { own } = ownCircuit({ trip });
    const call = { epoch: 0, leaseId: undefined };
    own.takeIn(call, 'failure', true);
    expect(own.current.state).toBe('closed');
    own.takeIn(call, 'success', true);
    expect(own.current.state).toBe('open');
  });

  it('does not trip on a success that is not slow, though it makes up the number of calls', () => {
    const { own } = ownCircuit({ trip: failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 3 }) });
    takeIn(own, 'failure', 'failure', 'success');
    expect(own.current.state).toBe('closed');
    takeIn(own, 'failure');
    expect(own.current.state).toBe('open');
  });

  it('lets no outcome change it while it is disabled', () => {
    const { own } = ownCircuit({ failureThreshold: 1 });
    own.apply({ type: 'disable' }, START);
    const { current } = own;
    takeIn(own, 'success', 'failure', 'ignore');
    expect(own.current).toBe(current);
  });

  it('keeps to the ruling that a function of the user makes while the rules ask it', () => {
    const resetTimeoutMs = () => {
      own.apply({ type: 'isolate' }, START);
      return 100;
    };
    const { own } = ownCircuit({ failureThreshold: 1, resetTimeoutMs });
    takeIn(own, 'failure');
    expect(own.current).toEqual({ state: 'isolated', epoch: 1, trips: 0 });
  });

  it('reads no clock for outcomes under a policy without a window, until it trips', () => {
    const { own, clock } = ownCircuit({ failureThreshold: 2 });
    takeIn(own, 'success', 'failure', 'success', 'failure');
    expect(clock.reads).toBe(0);
    takeIn(own, 'failure');
    expect(clock.reads).toBe(1);
  });

  it('forgets with time under a policy that has a window', () => {
    const { own, clock } = ownCircuit({ trip: failureCount({ threshold: 2, windowMs: 100 }) });
    takeIn(own, 'failure');
    clock.advance(100);
    takeIn(own, 'failure');
    expect([own.current.state, own.failures(clock.time)]).toEqual(['closed', 1]);
    takeIn(own, 'failure');
    expect(own.current.state).toBe('open');
  });
});

describe("a process's own circuit, giving trials their places", () => {
  const options: CircuitBreakerOptions = { failureThreshold: 1, resetTimeoutMs: 100, trialTimeoutMs: 50 };

  function setUpDue(more: CircuitBreakerOptions = {}) {
    const setting = ownCircuit({ ...options, ...more });
    takeIn(setting.own, 'failure');
    setting.clock.advance(100);
    return setting;
  }

  it('has none while closed, isolated or disabled, nor before it is due', () => {
    const { own } = ownCircuit(options);
    expect(own.requestTrial(START)).toBeUndefined();
    takeIn(own, 'failure');
    expect(own.requestTrial(START + 99)).toBeUndefined();
    for (const type of ['isolate', 'disable'] as const) {
      own.apply({ type }, START);
      expect(own.requestTrial(START)).toBeUndefined();
    }
  });

  it('has as many as maxTrials says, each with an id and a deadline of its own', () => {
    const { own, clock } = setUpDue({ maxTrials: 2 });
    const first = takePlace(own, clock.time);
    const second = takePlace(own, clock.time + 1);
    expect(own.requestTrial(clock.time + 2)).toBeUndefined();
    expect(own.current).toMatchObject({
      leases: [
        { id: first.leaseId, expiresAt: clock.time + 50 },
        { id: second.leaseId, expiresAt: clock.time + 51 },
      ],
    });
    expect(first.leaseId).not.toBe(second.leaseId);
  });

  it('never uses an id again', () => {
    const { own, clock } = setUpDue();
    const ids = new Set<string>();
    for (let round = 0; round < 5; round++) {
      const trial = takePlace(own, clock.time);
      ids.add(trial.leaseId);
      own.takeIn(trial, 'failure', false);
      clock.advance(100);
    }
    expect(ids.size).toBe(5);
  });

  it('closes when the trial succeeds, and opens for longer where it shall when the trial fails', () => {
    const { own, clock } = setUpDue({ resetTimeoutMs: (trips) => trips * 100 });
    own.takeIn(takePlace(own, clock.time), 'failure', false);
    expect(own.current).toMatchObject({ state: 'open', trips: 2, openUntilAt: clock.time + 200 });
    clock.advance(200);
    own.takeIn(takePlace(own, clock.time), 'success', false);
    expect(own.current).toMatchObject({ state: 'closed', trips: 0 });
  });

  it('gives the place of an ignored trial to the next', () => {
    const { own, clock } = setUpDue();
    const trial = takePlace(own, clock.time);
    own.takeIn(trial, 'ignore', false);
    expect(own.takeIn(trial, 'failure', false)).toBeUndefined();
    expect(takePlace(own, clock.time).leaseId).not.toBe(trial.leaseId);
  });

  it('gives the place of a trial that was released to the next, and hears it no more', () => {
    const { own, clock } = setUpDue();
    const trial = takePlace(own, clock.time);
    own.takeIn(trial, 'ignore', false);
    takePlace(own, clock.time);
    expect(own.takeIn(trial, 'failure', false)).toBeUndefined();
    expect(own.current.state).toBe('half-open');
  });

  it('lets the deadline of a trial run anew', () => {
    const { own, clock } = setUpDue();
    const trial = takePlace(own, clock.time);
    clock.advance(40);
    expect(own.renewTrial(trial.leaseId)).toBe(clock.time + 50);
    expect(own.current).toMatchObject({ leases: [{ id: trial.leaseId, expiresAt: clock.time + 50 }] });
  });

  it('leaves a trial that is late its place for as long again', () => {
    const { own, clock } = setUpDue();
    takePlace(own, clock.time);
    clock.advance(99);
    expect(own.requestTrial(clock.time)).toBeUndefined();
    clock.advance(1);
    expect(own.requestTrial(clock.time)).toBeDefined();
  });

  it('renews no trial that has lost its place', () => {
    const { own, clock } = setUpDue();
    const trial = takePlace(own, clock.time);
    clock.advance(100);
    takePlace(own, clock.time);
    expect(own.renewTrial(trial.leaseId)).toBeUndefined();
    own.apply({ type: 'close' }, clock.time);
    expect(own.renewTrial(trial.leaseId)).toBeUndefined();
  });
});

describe("a process's own circuit, configured anew", () => {
  it('goes on with what it remembers under a policy of the same key', () => {
    const { own, settings } = ownCircuit({ failureThreshold: 5 });
    takeIn(own, 'failure', 'failure');
    own.configure(settings.with({ failureThreshold: 3 }));
    expect(own.failures(START)).toBe(2);
    takeIn(own, 'failure');
    expect(own.current.state).toBe('open');
  });

  it('starts empty, in the same epoch, under a policy of another', () => {
    const { own, settings } = ownCircuit({ failureThreshold: 5 });
    takeIn(own, 'failure', 'failure');
    own.configure(settings.with({ trip: failureCount({ threshold: 2, windowMs: 100 }) }));
    expect([own.failures(START), own.current.epoch]).toEqual([0, 0]);
  });

  it('stays as it is while it is not closed, and closes under the new policy', () => {
    const { own, settings } = ownCircuit({ failureThreshold: 1 });
    takeIn(own, 'failure');
    const { current } = own;
    own.configure(settings.with({ trip: consecutiveFailures(2) }));
    expect(own.current).toBe(current);
    own.apply({ type: 'close' }, START);
    takeIn(own, 'failure');
    expect(own.current.state).toBe('closed');
  });

  it('keeps to the ruling that a policy makes while it is asked for its memory', () => {
    const { own, settings } = ownCircuit();
    const initial = vi.fn(() => {
      if (initial.mock.calls.length === 1) own.apply({ type: 'isolate' }, START);
      return 0;
    });
    own.configure(settings.with({ trip: { key: 'ruling', initial, record: (memory) => memory, trips: () => false } }));
    expect(own.current).toMatchObject({ state: 'isolated', epoch: 1 });
  });
});
