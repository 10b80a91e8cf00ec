import { afterEach, describe, expect, it, vi } from 'vitest';
import { CircuitBreaker, failureRate } from '../../src/index.js';
import { rejectionOf, thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { letPromisesRun } from '../let-promises-run.js';
import { type BreakerEvent, type Listener, RecordingListener } from '../recording-listener.js';
import { START, setUp } from '../set-up.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('events', () => {
  it('are told by kind, and all of them to onEvent', async () => {
    const told: string[] = [];
    const events: string[] = [];
    const { breaker } = setUp({
      failureThreshold: 2,
      ignore: [SyntaxError],
      listeners: [
        {
          onBeforeCall: (event) => void told.push(event.type),
          onSuccess: (event) => void told.push(event.type),
          onFailure: (event) => void told.push(event.type),
          onIgnore: (event) => void told.push(event.type),
          onReject: (event) => void told.push(event.type),
          onStateChange: (event) => void told.push(event.type),
        },
        { onEvent: (event) => void events.push(event.type) },
      ],
    });
    await succeed(breaker);
    await fail(breaker, 1, new SyntaxError());
    await fail(breaker, 2);
    await rejectionOf(breaker.execute(() => 1));
    const all = [
      'before-call',
      'success',
      'before-call',
      'ignore',
      'before-call',
      'failure',
      'before-call',
      'failure',
      'state-change',
      'reject',
    ];
    expect(told).toEqual(all);
    expect(events).toEqual(all);
  });

  it('are told to both methods of one listener', async () => {
    const told: string[] = [];
    const { breaker } = setUp({
      listeners: [{ onSuccess: () => void told.push('onSuccess'), onEvent: (event) => void told.push(event.type) }],
    });
    await succeed(breaker);
    expect(told.sort()).toEqual(['before-call', 'onSuccess', 'success']);
  });

  it('have what all events have', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, ignore: [SyntaxError] });
    clock.advance(5);
    await succeed(breaker);
    await fail(breaker, 1, new SyntaxError());
    await fail(breaker);
    await rejectionOf(breaker.execute(() => 1));
    expect(recorder.types).toHaveLength(8);
    for (const event of recorder.events) {
      expect(event.breaker).toBe(breaker);
      expect(event.circuit).toBe('orders');
      expect(Number.isInteger(event.epoch)).toBe(true);
      expect(event.at).toBe(START + 5);
      expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    }
  });

  it('of a success', async () => {
    const { breaker, clock, recorder } = setUp();
    const { epoch } = breaker.snapshot();
    const value = { id: 1 };
    await breaker.execute(() => {
      clock.advance(12);
      return value;
    });
    expect(recorder.last('before-call')).toMatchObject({ trial: false, epoch, at: START });
    const success = recorder.last('success');
    expect(success).toMatchObject({ durationMs: 12, trial: false, late: false, slow: false, epoch, at: START + 12 });
    expect(success.value).toBe(value);
  });

  it('of a failure', async () => {
    const { breaker, clock, recorder } = setUp();
    const error = new Error('down');
    await breaker
      .execute(async () => {
        clock.advance(12);
        throw error;
      })
      .catch(() => undefined);
    expect(recorder.last('failure')).toMatchObject({ durationMs: 12, trial: false, late: false, slow: false });
    expect(recorder.last('failure').error).toBe(error);
  });

  it('of a failure that trips: the original error', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    const error = new Error('down');
    await fail(breaker, 1, error);
    expect(recorder.last('failure').error).toBe(error);
  });

  it('of an ignored outcome', async () => {
    const { breaker, clock, recorder } = setUp({ ignore: [SyntaxError] });
    const error = new SyntaxError();
    await breaker
      .execute(() => {
        clock.advance(7);
        throw error;
      })
      .catch(() => undefined);
    expect(recorder.last('ignore')).toMatchObject({ durationMs: 7, trial: false });
    expect(recorder.last('ignore').error).toBe(error);
  });

  it('of a rejection', async () => {
    const { breaker, clock, recorder } = setUp({ resetTimeoutMs: 1_000 });
    await breaker.open();
    clock.advance(300);
    await rejectionOf(breaker.execute(() => 1));
    expect(recorder.last('reject')).toMatchObject({ reason: 'open', retryAfterMs: 700 });
    await breaker.isolate();
    await rejectionOf(breaker.execute(() => 1));
    expect(recorder.last('reject').reason).toBe('isolated');
    expect(recorder.last('reject').retryAfterMs).toBeUndefined();
    await breaker.halfOpen();
    void breaker.execute(() => new Promise(() => undefined));
    clock.advance(1_000);
    await rejectionOf(breaker.execute(() => 1));
    expect(recorder.last('reject')).toMatchObject({ reason: 'trial-limit', retryAfterMs: 29_000 });
  });

  it('of a trial', async () => {
    const { breaker, recorder } = setUp({ successThreshold: 2, ignore: [SyntaxError] });
    await breaker.halfOpen();
    await succeed(breaker);
    await fail(breaker, 1, new SyntaxError());
    await fail(breaker);
    expect(recorder.last('success').trial).toBe(true);
    expect(recorder.last('ignore').trial).toBe(true);
    expect(recorder.last('failure').trial).toBe(true);
    expect(recorder.of('before-call').every((event) => event.trial)).toBe(true);
  });

  it('of changes of state', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    await breaker.isolate();
    const changes = recorder.of('state-change').map(({ from, to, reason, at }) => [from, to, reason, at - START]);
    expect(changes).toEqual([
      ['closed', 'open', 'tripped', 0],
      ['open', 'half-open', 'trial-due', 1_000],
      ['half-open', 'open', 'trial-failed', 1_000],
      ['open', 'half-open', 'trial-due', 2_000],
      ['half-open', 'closed', 'trial-succeeded', 2_000],
      ['closed', 'isolated', 'manual', 2_000],
    ]);
    for (const event of recorder.of('state-change')) {
      expect(event).toMatchObject({ scope: 'process', origin: 'local' });
    }
  });

  it('of a slow call', async () => {
    const { breaker, clock, recorder } = setUp({
      trip: failureRate({ threshold: 1, windowMs: 10_000, slowCallMs: 50 }),
    });
    await breaker.execute(() => clock.advance(50));
    expect(recorder.last('success').slow).toBe(false);
    await breaker.execute(() => clock.advance(51));
    expect(recorder.last('success').slow).toBe(true);
  });

  it('never tell of a negative duration', async () => {
    const { breaker, clock, recorder } = setUp();
    await breaker.execute(() => clock.jump(-500));
    expect(recorder.last('success').durationMs).toBe(0);
  });
});

describe('order', () => {
  it('a listener is told before the caller hears', async () => {
    const order: string[] = [];
    const { breaker } = setUp({
      listeners: [{ onSuccess: () => void order.push('success'), onFailure: () => void order.push('failure') }],
    });
    await breaker.execute(async () => 1).then(() => order.push('value'));
    await breaker.execute(() => Promise.reject(new Error('down'))).catch(() => order.push('error'));
    expect(order).toEqual(['success', 'value', 'failure', 'error']);
  });

  it('is that of the list', async () => {
    const order: string[] = [];
    const named = (name: string): Listener => ({ onSuccess: () => void order.push(name) });
    const { breaker } = setUp({ listeners: [named('one'), named('two')] });
    breaker.addListener(named('three'));
    await succeed(breaker);
    expect(order).toEqual(['one', 'two', 'three']);
  });

  it('the breaker already shows the new state', async () => {
    const seen: unknown[] = [];
    const { breaker, clock } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    breaker.addListener({
      onFailure: () => void seen.push('failure', breaker.state, breaker.counts.failures),
      onStateChange: (event) => void seen.push(event.to, breaker.state, breaker.snapshot().state),
    });
    await fail(breaker);
    clock.advance(1_000);
    await succeed(breaker);
    expect(seen).toEqual([
      ...['failure', 'open', 1],
      ...['open', 'open', 'open'],
      ...['half-open', 'half-open', 'half-open'],
      ...['closed', 'closed', 'closed'],
    ]);
  });

  it('what a listener causes is told after the event at hand, to all', async () => {
    const { breaker } = setUp({ listeners: [] });
    const first = new RecordingListener();
    const last = new RecordingListener();
    breaker.addListener(first);
    breaker.addListener({ onFailure: () => void breaker.isolate() });
    breaker.addListener(last);
    await fail(breaker);
    expect(breaker.state).toBe('isolated');
    expect(first.trace).toBe('before-call failure closed>isolated');
    expect(last.trace).toBe('before-call failure closed>isolated');
  });

  it('what a listener causes comes after the change that the outcome caused', async () => {
    const { breaker } = setUp({ failureThreshold: 1, listeners: [] });
    const first = new RecordingListener();
    const last = new RecordingListener();
    breaker.addListener(first);
    breaker.addListener({ onFailure: () => void breaker.close() });
    breaker.addListener(last);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    for (const recorder of [first, last]) {
      expect(recorder.trace).toBe('before-call failure closed>open open>closed');
    }
  });

  it('a listener may rule at a change of state', async () => {
    const { breaker, recorder } = setUp({ failureThreshold: 1 });
    breaker.addListener({
      onStateChange: (event) => {
        if (event.to === 'open') {
          void breaker.isolate();
        }
      },
    });
    await fail(breaker);
    expect(breaker.state).toBe('isolated');
    expect(recorder.trace).toBe('before-call failure closed>open open>isolated');
  });

  it('a listener may call through the breaker', async () => {
    const { breaker, recorder } = setUp();
    let inner: unknown;
    breaker.addListener({
      onSuccess: (event) => {
        if (event.value === 'outer') {
          inner = breaker.executeSync(() => 'inner');
        }
      },
    });
    expect(await breaker.execute(async () => 'outer')).toBe('outer');
    expect(inner).toBe('inner');
    expect(recorder.trace).toBe('before-call success before-call success');
    expect(recorder.of('success').map((event) => event.value)).toEqual(['outer', 'inner']);
  });

  it('a listener may call through the breaker again and again: events do not pile up on the stack', () => {
    const { breaker } = setUp({ listeners: [] });
    let left = 20_000;
    breaker.addListener({
      onSuccess: () => {
        if (left > 0) {
          left -= 1;
          breaker.executeSync(() => 'again');
        }
      },
    });
    expect(breaker.executeSync(() => 'first')).toBe('first');
    expect(left).toBe(0);
    expect(breaker.counts.successes).toBe(20_001);
  });

  it('a listener that rules before a call does not stop that call', async () => {
    const { breaker, recorder } = setUp();
    breaker.addListener({ onBeforeCall: () => void breaker.isolate() });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.state).toBe('isolated');
    expect(recorder.last('success').late).toBe(true);
  });

  it('a change of state is told before the call that is its first trial', async () => {
    const { breaker, clock, recorder } = setUp({ failureThreshold: 1, resetTimeoutMs: 1_000 });
    await fail(breaker);
    clock.advance(1_000);
    recorder.clear();
    await succeed(breaker);
    expect(recorder.trace).toBe('open>half-open before-call success half-open>closed');
  });
});

describe('the list', () => {
  it('takes and drops listeners at any time', async () => {
    const { breaker } = setUp();
    const extra = new RecordingListener();
    await succeed(breaker);
    breaker.addListener(extra);
    await succeed(breaker);
    breaker.removeListener(extra);
    await succeed(breaker);
    expect(extra.trace).toBe('before-call success');
  });

  it('takes no notice of the removal of one that is not in it', async () => {
    const { breaker, recorder } = setUp();
    expect(() => breaker.removeListener(new RecordingListener())).not.toThrow();
    await succeed(breaker);
    expect(recorder.trace).toBe('before-call success');
  });

  it('drops those given at the beginning too', async () => {
    const { breaker, recorder } = setUp();
    breaker.removeListener(recorder);
    await succeed(breaker);
    expect(recorder.events).toEqual([]);
  });

  it('is copied before an event is told: a listener may remove itself', async () => {
    const { breaker, recorder } = setUp();
    const once: Listener & { told: number } = {
      told: 0,
      onSuccess() {
        once.told += 1;
        breaker.removeListener(once);
      },
    };
    const after = new RecordingListener();
    breaker.addListener(once);
    breaker.addListener(after);
    await succeed(breaker, 3);
    expect(once.told).toBe(1);
    expect(after.types).toEqual(recorder.types);
  });

  it('is copied before an event is told: one removed or added meanwhile is not concerned', async () => {
    const { breaker } = setUp({ listeners: [] });
    const removed = new RecordingListener();
    const added = new RecordingListener();
    const changer: Listener = {
      onSuccess: () => {
        breaker.removeListener(removed);
        breaker.addListener(added);
        breaker.removeListener(changer);
      },
    };
    breaker.addListener(changer);
    breaker.addListener(removed);
    await succeed(breaker);
    expect(removed.trace).toBe('before-call success');
    expect(added.trace).toBe('');
    await succeed(breaker);
    expect(removed.trace).toBe('before-call success');
    expect(added.trace).toBe('before-call success');
  });

  it('given at the beginning is not that of the caller', async () => {
    const recorder = new RecordingListener();
    const listeners: Listener[] = [recorder];
    const { breaker } = setUp({ listeners });
    breaker.addListener(new RecordingListener());
    expect(listeners).toEqual([recorder]);
  });

  it('may hold instances of classes, called as methods', async () => {
    class Counter {
      #successes = 0;
      onSuccess(): void {
        this.#successes += 1;
      }
      get successes(): number {
        return this.#successes;
      }
    }
    const counter = new Counter();
    const { breaker, recorder } = setUp({ listeners: [counter] });
    breaker.addListener(recorder);
    await succeed(breaker, 2);
    expect(counter.successes).toBe(2);
    expect(recorder.of('listener-error')).toEqual([]);
  });

  it('may be shared by breakers, who say who they are', async () => {
    const recorder = new RecordingListener();
    const one = new CircuitBreaker('one', { listeners: [recorder], clock: new FakeClock() });
    const two = new CircuitBreaker('two', { listeners: [recorder], clock: new FakeClock() });
    await succeed(one);
    await succeed(two);
    expect(recorder.of('success').map((event) => [event.circuit, event.breaker])).toEqual([
      ['one', one],
      ['two', two],
    ]);
  });

  it('refuses what is no listener, and changes nothing', async () => {
    const { breaker } = setUp();
    for (const listener of ['text', 5, null, undefined, true]) {
      expect(() => breaker.addListener(listener as never)).toThrow(TypeError);
      expect(() => new CircuitBreaker('orders', { listeners: [listener] as never })).toThrow(TypeError);
      expect(() => new CircuitBreaker('orders', { listeners: [listener] as never })).toThrow(/listeners/);
    }
    for (const listener of [{ onSuccess: 'text' }, { onEvent: 5 }, { onStateChange: {} }]) {
      expect(() => breaker.addListener(listener as never)).toThrow(TypeError);
      expect(() => breaker.addListener(listener as never)).toThrow(Object.keys(listener)[0]);
      expect(() => new CircuitBreaker('orders', { listeners: [listener] as never })).toThrow(TypeError);
    }
    for (const listeners of ['text', 5, null, {}, new RecordingListener()]) {
      expect(() => new CircuitBreaker('orders', { listeners: listeners as never })).toThrow(TypeError);
      expect(() => new CircuitBreaker('orders', { listeners: listeners as never })).toThrow(/listeners/);
    }
    expect(await breaker.execute(() => 1)).toBe(1);
  });

  it('refuses to remove what is no listener', () => {
    const { breaker } = setUp();
    for (const listener of ['text', 5, null, undefined]) {
      expect(() => breaker.removeListener(listener as never)).toThrow(TypeError);
    }
  });

  it('takes a listener with members that are undefined', async () => {
    const { breaker } = setUp();
    breaker.addListener({ onSuccess: undefined, onEvent: undefined } as never);
    expect(await breaker.execute(() => 1)).toBe(1);
  });
});

describe('events nobody listens to', () => {
  it('are not made: a closed circuit reads no clock for them', async () => {
    const { breaker, clock } = setUp({ failureThreshold: 100, listeners: [{ onStateChange: () => undefined }] });
    const before = clock.reads;
    await succeed(breaker, 10);
    await fail(breaker, 10);
    expect(clock.reads).toBe(before);
  });

  it('leave events that somebody listens to alone', async () => {
    const seen: BreakerEvent[] = [];
    const { breaker } = setUp({
      failureThreshold: 1,
      listeners: [{ onStateChange: (event) => void seen.push(event) }],
    });
    await fail(breaker);
    expect(seen.map((event) => event.type)).toEqual(['state-change']);
  });
});

describe('a listener’s fault', () => {
  const fault = new Error('bad listener');
  const throwing = (): never => {
    throw fault;
  };

  it('changes nothing for the call, whatever it was told', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const methods = [
      'onBeforeCall',
      'onSuccess',
      'onFailure',
      'onIgnore',
      'onReject',
      'onStateChange',
      'onEvent',
    ] as const;
    for (const method of methods) {
      const { breaker, clock } = setUp({
        failureThreshold: 2,
        resetTimeoutMs: 1_000,
        ignore: [SyntaxError],
        listeners: [{ [method]: throwing }, { onListenerError: () => undefined }],
      });
      const error = new Error('down');
      expect(await breaker.execute(async () => 'value')).toBe('value');
      expect(breaker.executeSync(() => 'value')).toBe('value');
      const ignored = new SyntaxError();
      expect(await rejectionOf(breaker.execute(() => Promise.reject(ignored)))).toBe(ignored);
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toMatchObject({ cause: error });
      expect(breaker.state).toBe('open');
      expect(await rejectionOf(breaker.execute(() => 1))).toMatchObject({ reason: 'open' });
      expect(thrownBy(() => breaker.executeSync(() => 1))).toMatchObject({ reason: 'open' });
      clock.advance(1_000);
      expect(await breaker.execute(async () => 'value')).toBe('value');
      expect(breaker.state).toBe('closed');
      expect(breaker.counts).toMatchObject({ calls: 8, successes: 3, failures: 2, ignored: 1, rejected: 2 });
      await breaker.isolate();
      expect(breaker.state).toBe('isolated');
    }
  });

  it('is told to onListenerError; the other listeners hear the event', async () => {
    const { breaker, recorder } = setUp({ listeners: [{ onSuccess: throwing }] });
    breaker.addListener(recorder);
    await succeed(breaker);
    expect(recorder.trace).toBe('before-call success listener-error');
    const event = recorder.last('listener-error');
    expect(event).toMatchObject({ type: 'listener-error', circuit: 'orders', at: START });
    expect(event.breaker).toBe(breaker);
    expect(event.error).toBe(fault);
  });

  it('is told to every onListenerError', async () => {
    const told: unknown[] = [];
    const { breaker } = setUp({
      listeners: [
        { onListenerError: (event) => void told.push(event.error) },
        { onSuccess: throwing },
        { onListenerError: (event) => void told.push(event.error) },
      ],
    });
    await succeed(breaker);
    expect(told).toEqual([fault, fault]);
  });

  it('is told whatever was thrown', async () => {
    for (const thrown of ['text', undefined, null, 0]) {
      const { breaker, recorder } = setUp({
        listeners: [
          {
            onSuccess: () => {
              throw thrown;
            },
          },
        ],
      });
      breaker.addListener(recorder);
      expect(await breaker.execute(async () => 'value')).toBe('value');
      expect(recorder.last('listener-error').error).toBe(thrown);
    }
  });

  it('that comes as a rejection is told too, and is not left unhandled', async () => {
    const { breaker, recorder } = setUp({
      listeners: [
        {
          onSuccess: async () => {
            await undefined;
            throw fault;
          },
        },
      ],
    });
    breaker.addListener(recorder);
    expect(await breaker.execute(async () => 'value')).toBe('value');
    await letPromisesRun();
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault]);
  });

  it('is not awaited: a listener that never settles holds nobody', async () => {
    const { breaker } = setUp({ listeners: [{ onEvent: () => new Promise<void>(() => undefined) }] });
    expect(await breaker.execute(async () => 'value')).toBe('value');
  });

  it('goes to console.error where none listens', async () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { breaker } = setUp({ listeners: [{ onSuccess: throwing }] });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(written).toHaveBeenCalledTimes(1);
    expect(written.mock.calls[0]).toContain(fault);
  });

  it('goes to console.error where none listens, as a rejection too', async () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { breaker } = setUp({ listeners: [{ onSuccess: () => Promise.reject(fault) }] });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    await letPromisesRun();
    expect(written).toHaveBeenCalledTimes(1);
    expect(written.mock.calls[0]).toContain(fault);
  });

  it('goes nowhere else where one listens', async () => {
    const written = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { breaker } = setUp({ listeners: [{ onSuccess: throwing }, { onListenerError: () => undefined }] });
    await succeed(breaker);
    expect(written).not.toHaveBeenCalled();
  });

  it('in onListenerError itself, or in an onEvent that always throws, ends', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    for (const listener of [
      { onSuccess: throwing, onListenerError: throwing },
      { onEvent: throwing },
      { onEvent: () => Promise.reject(fault) },
    ]) {
      const { breaker } = setUp({ failureThreshold: 1, listeners: [listener] });
      expect(await breaker.execute(async () => 'value')).toBe('value');
      await fail(breaker);
      await letPromisesRun();
      expect(breaker.state).toBe('open');
      expect(breaker.counts).toMatchObject({ calls: 2, successes: 1, failures: 1 });
    }
  });

  it('does not stop what the same listener caused', async () => {
    const { breaker, recorder } = setUp();
    breaker.addListener({
      onSuccess: () => {
        void breaker.open();
        throw fault;
      },
    });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.state).toBe('open');
    expect(recorder.of('state-change')).toHaveLength(1);
    expect(recorder.of('listener-error').map((event) => event.error)).toEqual([fault]);
  });

  it('does not wedge a trial', async () => {
    const { breaker, clock } = setUp({ listeners: [{ onEvent: throwing, onListenerError: () => undefined }] });
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await breaker.halfOpen();
    const call = deferred<string>();
    const value = breaker.execute(() => call.promise);
    call.resolve('value');
    expect(await value).toBe('value');
    expect(breaker.state).toBe('closed');
    expect(clock.pending).toBe(0);
  });
});
