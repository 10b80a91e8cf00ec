import { describe, expect, it, vi } from 'vitest';
import { CircuitBreaker, CircuitBreakerRegistry } from '../../src/index.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { RecordingListener } from '../recording-listener.js';

const clock = new FakeClock();

function circuitsOf(recorder: RecordingListener): readonly string[] {
  return recorder.events.map(({ circuit, type }) => `${circuit} ${type}`);
}

describe('a listener that is shared', () => {
  it('is told by every breaker of a registry, and by those that are made anew', async () => {
    const recorder = new RecordingListener();
    const registry = new CircuitBreakerRegistry({ clock, listeners: [recorder] }, { maxSize: 1 });
    const evicted = registry.get('a.example');
    await evicted.isolate();
    await evicted.close();
    await registry.get('b.example').open();
    registry.delete('b.example');
    await registry.get('b.example').isolate();
    await succeed(evicted);
    expect(recorder.of('state-change').map(({ circuit, to }) => [circuit, to])).toEqual([
      ['a.example', 'isolated'],
      ['a.example', 'closed'],
      ['b.example', 'open'],
      ['b.example', 'isolated'],
    ]);
    expect(recorder.last('success').breaker).toBe(evicted);
    expect(registry.get('a.example')).not.toBe(evicted);
  });

  it('is told by those breakers of a registry whose names it is given for', async () => {
    const all = new RecordingListener();
    const some = new RecordingListener();
    const registry = new CircuitBreakerRegistry((name) => ({
      clock,
      listeners: name.startsWith('pay') ? [all, some] : [all],
    }));
    for (const name of ['payments', 'search']) await registry.get(name).open();
    expect(circuitsOf(all)).toEqual(['payments state-change', 'search state-change']);
    expect(circuitsOf(some)).toEqual(['payments state-change']);
  });

  it('is still told by the others when one breaker drops it', async () => {
    const recorder = new RecordingListener();
    const options = { clock, listeners: [recorder] };
    const [one, two] = [new CircuitBreaker('one', options), new CircuitBreaker('two', options)];
    one.removeListener(recorder);
    await Promise.all([one.open(), two.open()]);
    expect(circuitsOf(recorder)).toEqual(['two state-change']);
  });

  it('throws at its own breaker: nobody else’s onListenerError hears of it', async () => {
    const broken = {
      onFailure: () => {
        throw new Error('bad listener');
      },
    };
    const [here, elsewhere] = [vi.fn(), vi.fn()];
    const one = new CircuitBreaker('one', { clock, listeners: [broken, { onListenerError: here }] });
    new CircuitBreaker('two', { clock, listeners: [broken, { onListenerError: elsewhere }] });
    await fail(one);
    expect(here).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ circuit: 'one', source: 'onFailure' }));
    expect(elsewhere).not.toHaveBeenCalled();
  });

  it('may rule one breaker by what another tells, to and fro', async () => {
    const recorder = new RecordingListener();
    const options = { clock, listeners: [recorder] };
    const [one, two] = [new CircuitBreaker('one', options), new CircuitBreaker('two', options)];
    one.addListener({ onStateChange: ({ to }) => void (to === 'open' ? two.isolate() : undefined) });
    two.addListener({ onStateChange: ({ to }) => void (to === 'isolated' ? one.isolate() : one.close()) });
    await one.open();
    expect([one.state, two.state]).toEqual(['isolated', 'isolated']);
    await two.close();
    expect([one.state, two.state]).toEqual(['closed', 'closed']);
    expect(recorder.of('state-change').map(({ circuit, from, to }) => `${circuit} ${from}>${to}`)).toEqual([
      'one closed>open',
      'two closed>isolated',
      'one open>isolated',
      'two isolated>closed',
      'one isolated>closed',
    ]);
  });
});

describe('listeners of one event each', () => {
  it('hear theirs and nothing else, in their order, whenever they came', async () => {
    const told: string[] = [];
    const tell = (name: string) => () => told.push(name);
    const breaker = new CircuitBreaker('orders', {
      clock,
      failureThreshold: 1,
      listeners: [{ onFailure: tell('failure') }, { onStateChange: tell('change 1') }, { onReject: tell('reject') }],
    });
    breaker.addListener({ onStateChange: tell('change 2') });
    breaker.addListener({ onListenerError: tell('fault') });
    await fail(breaker, 2);
    expect(told).toEqual(['failure', 'change 1', 'change 2', 'reject']);
  });
});
