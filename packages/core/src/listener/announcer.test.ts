import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { breaker } from '../../test/events.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { halfOpen, open } from '../../test/transition-table/circuits.js';
import type { CallAdmission } from '../call/call-admission.js';
import { CircuitOpenError } from '../errors/circuit-open-error.js';
import { Announcer } from './announcer.js';
import type { BreakerEvent } from './breaker-event.js';

const base = { breaker, circuit: 'orders', at: 77 };
const call = { epoch: 3, isTrial: false } as CallAdmission;
const trial = { epoch: 4, isTrial: true } as CallAdmission;
const fault = new Error('broken');

function setUp() {
  const events: BreakerEvent[] = [];
  const announcer = new Announcer(breaker, () => 77);
  announcer.add({ onEvent: (event) => events.push(event) });
  return { announcer, events };
}

describe('an announcer', () => {
  it('tells that a call is about to be made', () => {
    const { announcer, events } = setUp();
    announcer.beforeCall(call, 70);
    announcer.beforeCall(trial, 70);
    announcer.deliver();
    expect(events).toEqual([
      { ...base, type: 'before-call', epoch: 3, at: 70, trial: false },
      { ...base, type: 'before-call', epoch: 4, at: 70, trial: true },
    ]);
  });

  it('tells a value or an error, as the call ended', () => {
    const { announcer, events } = setUp();
    announcer.outcome('success', { threw: false, value: undefined, durationMs: 7 }, call, false, true, 77);
    announcer.outcome('failure', { threw: true, error: fault, durationMs: 7 }, trial, true, false, 77);
    announcer.deliver();
    const [success, failure] = events;
    expect(success).toStrictEqual({
      ...base,
      type: 'success',
      epoch: 3,
      durationMs: 7,
      trial: false,
      late: false,
      slow: true,
      value: undefined,
    });
    expect(failure).toStrictEqual({
      ...base,
      type: 'failure',
      epoch: 4,
      durationMs: 7,
      trial: true,
      late: true,
      slow: false,
      error: fault,
    });
  });

  it('tells why a call was not made', () => {
    const { announcer, events } = setUp();
    announcer.reject(new CircuitOpenError('orders', { state: 'open', reason: 'open', retryAfterMs: 5 }), 9);
    announcer.deliver();
    expect(events).toEqual([{ ...base, type: 'reject', epoch: 9, reason: 'open', retryAfterMs: 5 }]);
  });

  it('tells a change of state, in the epoch that it began', () => {
    const { announcer, events } = setUp();
    announcer.stateChange(open(4, 1, 0), halfOpen(5, []), {
      epoch: 5,
      scope: 'process',
      origin: 'local',
      reason: 'trial-due',
    });
    announcer.deliver();
    const change = { from: 'open', to: 'half-open', scope: 'process', origin: 'local', reason: 'trial-due' };
    expect(events).toEqual([{ ...base, type: 'state-change', epoch: 5, ...change }]);
  });

  it('tells that a storage is out of reach, and that it answers again', () => {
    const { announcer, events } = setUp();
    announcer.storageDegraded(fault, 3);
    announcer.storageRecovered(4);
    announcer.deliver();
    expect(events).toEqual([
      { ...base, type: 'storage-degraded', epoch: 3, error: fault },
      { ...base, type: 'storage-recovered', epoch: 4 },
    ]);
  });

  it('tells nothing before it is asked to deliver', () => {
    const { announcer, events } = setUp();
    announcer.beforeCall(call, 70);
    expect(events).toEqual([]);
  });

  it('makes no event that nobody wants: it does not even read the clock', () => {
    const now = vi.fn(() => 77);
    const announcer = new Announcer(breaker, now);
    announcer.add({ onListenerError: () => undefined });
    announcer.beforeCall(call, 70);
    announcer.outcome('success', { threw: false, value: 1, durationMs: 7 }, call, false, false, 77);
    announcer.reject(new CircuitOpenError('orders', { state: 'open', reason: 'open', retryAfterMs: 5 }), 9);
    announcer.stateChange(open(4, 1, 0), halfOpen(5, []), {
      epoch: 5,
      scope: 'process',
      origin: 'local',
      reason: 'trial-due',
    });
    announcer.storageDegraded(fault, 3);
    announcer.storageRecovered(4);
    announcer.deliver();
    expect(now).not.toHaveBeenCalled();
    expect(announcer.wantsCalls).toBe(false);
  });
});

describe('an announcer, where something of the user throws', () => {
  beforeEach(() => {
    vi.spyOn(console, 'error').mockReturnValue();
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('tells the listeners which option threw, and what', () => {
    const { announcer, events } = setUp();
    announcer.fault(fault, 'classify', 3);
    announcer.deliver();
    expect(events).toEqual([{ ...base, type: 'listener-error', epoch: 3, error: fault, source: 'classify' }]);
    expect(console.error).not.toHaveBeenCalled();
  });

  it('writes to the console where nobody listens for faults', () => {
    new Announcer(breaker, () => 77).fault(fault, 'classify', 3);
    expect(console.error).toHaveBeenCalledExactlyOnceWith(
      'Circuit "orders": classify threw, and was passed over:',
      fault,
    );
  });

  it('tells the fault of a listener to all who listen for faults, after the event at hand', () => {
    const { announcer, events } = setUp();
    announcer.add({
      onBeforeCall: () => {
        throw fault;
      },
    });
    announcer.beforeCall(call, 70);
    announcer.deliver();
    expect(events.map(({ type }) => type)).toEqual(['before-call', 'listener-error']);
    expect(events[1]).toEqual({ ...base, type: 'listener-error', epoch: 3, error: fault, source: 'onBeforeCall' });
  });

  it('tells a late fault of a listener too', async () => {
    const { announcer, events } = setUp();
    announcer.add({ onBeforeCall: () => Promise.reject(fault) });
    announcer.beforeCall(call, 70);
    announcer.deliver();
    await letPromisesRun();
    expect(events[1]).toMatchObject({ type: 'listener-error', error: fault, source: 'onBeforeCall' });
  });

  it('writes the fault of a listener for faults to the console, and so comes to an end', () => {
    const announcer = new Announcer(breaker, () => 77);
    const worse = new Error('worse');
    announcer.add({
      onListenerError: () => {
        throw worse;
      },
    });
    announcer.fault(fault, 'classify', 3);
    announcer.deliver();
    expect(console.error).toHaveBeenCalledExactlyOnceWith(
      'Circuit "orders": onListenerError threw, and was passed over:',
      worse,
    );
  });

  it('tells no fault to a listener that was removed', () => {
    const announcer = new Announcer(breaker, () => 77);
    const listener = { onListenerError: vi.fn() };
    announcer.add(listener);
    announcer.remove(listener);
    announcer.fault(fault, 'classify', 3);
    announcer.deliver();
    expect(listener.onListenerError).not.toHaveBeenCalled();
    expect(console.error).toHaveBeenCalledOnce();
  });
});
