import { describe, expect, it, vi } from 'vitest';
import { EVENTS } from '../../test/events.js';
import type { BreakerEventType } from './breaker-event.js';
import type { CircuitListener } from './circuit-listener.js';
import { ListenerHub } from './listener-hub.js';
import { METHODS, type OnListenerFault } from './notify.js';

const TYPES = Object.keys(EVENTS) as BreakerEventType[];
const nothing = () => undefined;

class Hub extends ListenerHub {
  constructor(readonly onFault: OnListenerFault = vi.fn()) {
    super();
  }
}

function hubOf(...listeners: readonly CircuitListener[]): ListenerHub {
  const hub = new Hub();
  for (const listener of listeners) hub.add(listener);
  return hub;
}

function wantedBy(hub: ListenerHub): readonly BreakerEventType[] {
  return TYPES.filter((type) => hub.wants(type));
}

describe('a listener hub, asked what is wanted', () => {
  it('wants nothing without a listener, nor for one without methods', () => {
    for (const hub of [hubOf(), hubOf({})]) {
      expect(wantedBy(hub)).toEqual([]);
      expect(hub.wantsCalls).toBe(false);
    }
  });

  it.each(TYPES)('wants %s where a listener has its method', (type) => {
    expect(wantedBy(hubOf({}, { [METHODS[type]]: nothing }))).toEqual([type]);
  });

  it('wants everything for onEvent', () => {
    expect(wantedBy(hubOf({ onEvent: nothing }))).toEqual(TYPES);
  });

  it('wants no more what only a listener wanted that is gone', () => {
    const listener = { onEvent: nothing };
    const hub = hubOf({ onReject: nothing }, listener);
    hub.remove(listener);
    expect(wantedBy(hub)).toEqual(['reject']);
  });

  it.each(TYPES)('says whether %s is about the calls themselves', (type) => {
    const isAboutCalls = ['before-call', 'success', 'failure', 'ignore'].includes(type);
    expect(hubOf({ [METHODS[type]]: nothing }).wantsCalls).toBe(isAboutCalls);
  });
});

describe('a listener hub, delivering', () => {
  it('tells what waits, once, in order', () => {
    const told: string[] = [];
    const hub = hubOf({ onEvent: ({ type }) => told.push(type) });
    hub.enqueue(EVENTS.success);
    hub.enqueue(EVENTS.failure);
    hub.enqueue(EVENTS.reject);
    expect(told).toEqual([]);
    hub.deliver();
    hub.deliver();
    expect(told).toEqual(['success', 'failure', 'reject']);
  });

  it('has news while something waits', () => {
    const hub = hubOf({ onEvent: nothing });
    expect(hub.hasNews).toBe(false);
    hub.enqueue(EVENTS.success);
    expect(hub.hasNews).toBe(true);
    hub.deliver();
    expect(hub.hasNews).toBe(false);
  });

  it('tells a listener that was added twice once, at its new place', () => {
    const told: string[] = [];
    const first = { onEvent: () => told.push('first') };
    const hub = hubOf(first, { onEvent: () => told.push('second') }, first);
    hub.enqueue(EVENTS.success);
    hub.deliver();
    expect(told).toEqual(['second', 'first']);
  });

  it('tells nobody who was removed, and minds no stranger', () => {
    const onEvent = vi.fn();
    const listener = { onEvent };
    const hub = hubOf(listener);
    hub.remove(listener);
    hub.remove({ onEvent });
    hub.enqueue(EVENTS.success);
    hub.deliver();
    expect(onEvent).not.toHaveBeenCalled();
  });

  it('tells what a listener causes after the event at hand', () => {
    const told: string[] = [];
    const causing: CircuitListener = {
      onSuccess: () => {
        hub.enqueue(EVENTS['state-change']);
        hub.deliver();
      },
    };
    const hub = hubOf(causing, { onEvent: ({ type }) => told.push(type) });
    hub.enqueue(EVENTS.success);
    hub.enqueue(EVENTS.reject);
    hub.deliver();
    expect(told).toEqual(['success', 'reject', 'state-change']);
  });

  it('tells an event to those who listened when its turn came, whatever they do to the list', () => {
    const told: string[] = [];
    const late: CircuitListener = { onEvent: ({ type }) => told.push(`late ${type}`) };
    const last: CircuitListener = { onEvent: ({ type }) => told.push(`last ${type}`) };
    const busy: CircuitListener = {
      onSuccess: () => {
        hub.remove(last);
        hub.remove(busy);
        hub.add(late);
      },
    };
    const hub = hubOf(busy, last);
    hub.enqueue(EVENTS.success);
    hub.enqueue(EVENTS.failure);
    hub.deliver();
    expect(told).toEqual(['last success', 'late failure']);
  });

  it('hands faults on, and goes on with what waits', () => {
    const onFault = vi.fn();
    const onReject = vi.fn();
    const fault = new Error('broken');
    const hub = new Hub(onFault);
    hub.add({
      onSuccess: () => {
        throw fault;
      },
      onReject,
    });
    hub.enqueue(EVENTS.success);
    hub.enqueue(EVENTS.reject);
    hub.deliver();
    expect(onFault.mock.calls).toEqual([[fault, 'onSuccess', EVENTS.success]]);
    expect(onReject).toHaveBeenCalledOnce();
  });
});
