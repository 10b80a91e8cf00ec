import { describe, expect, it } from 'vitest';
import { CircuitBreaker, CircuitBreakerRegistry } from '../../src/index.js';
import { thrownBy } from '../caught.js';
import { deferred } from '../deferred.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { letPromisesRun } from '../let-promises-run.js';

function namesOf(registry: CircuitBreakerRegistry): string[] {
  return [...registry].map((breaker) => breaker.name).sort();
}

describe('a registry', () => {
  it('gives one breaker per key, made when it is first asked for', () => {
    const registry = new CircuitBreakerRegistry({ failureThreshold: 2 });
    expect(registry.size).toBe(0);
    const one = registry.get('one');
    expect(one).toBeInstanceOf(CircuitBreaker);
    expect(one.name).toBe('one');
    expect(one.options.failureThreshold).toBe(2);
    expect(registry.get('one')).toBe(one);
    expect(registry.get('two')).not.toBe(one);
    expect(registry.size).toBe(2);
  });

  it('needs no options', () => {
    const registry = new CircuitBreakerRegistry();
    expect(registry.get('one').options.failureThreshold).toBe(5);
  });

  it('takes options by name', () => {
    const asked: string[] = [];
    const registry = new CircuitBreakerRegistry((name) => {
      asked.push(name);
      return { failureThreshold: name.length };
    });
    expect(registry.get('four').options.failureThreshold).toBe(4);
    expect(registry.get('seventh').options.failureThreshold).toBe(7);
    registry.get('four');
    expect(asked).toEqual(['four', 'seventh']);
  });

  it('keeps circuits apart', async () => {
    const registry = new CircuitBreakerRegistry({ failureThreshold: 1 });
    await fail(registry.get('one'));
    expect(registry.get('one').state).toBe('open');
    expect(registry.get('two').state).toBe('closed');
  });

  it('is iterable over its breakers', () => {
    const registry = new CircuitBreakerRegistry();
    expect([...registry]).toEqual([]);
    const breakers = [registry.get('one'), registry.get('two'), registry.get('three')];
    expect(new Set(registry)).toEqual(new Set(breakers));
  });

  it('deletes', () => {
    const registry = new CircuitBreakerRegistry();
    const one = registry.get('one');
    registry.delete('one');
    expect(registry.size).toBe(0);
    expect(registry.get('one')).not.toBe(one);
    expect(() => registry.delete('unknown')).not.toThrow();
    expect(registry.size).toBe(1);
  });

  it('takes keys that mean something to objects', () => {
    const registry = new CircuitBreakerRegistry();
    for (const key of ['__proto__', 'constructor', 'toString', 'size']) {
      const breaker = registry.get(key);
      expect(breaker.name).toBe(key);
      expect(registry.get(key)).toBe(breaker);
    }
    expect(registry.size).toBe(4);
  });

  it('can be disposed of', async () => {
    const registry = new CircuitBreakerRegistry();
    registry.get('one');
    await registry.dispose();
  });
});

describe('maxSize', () => {
  it('is 10 000 by default', () => {
    const registry = new CircuitBreakerRegistry();
    for (let key = 0; key < 10_000; key += 1) {
      registry.get(`key-${key}`);
    }
    expect(registry.size).toBe(10_000);
    registry.get('one more');
    expect(registry.size).toBe(10_000);
    expect(namesOf(registry)).not.toContain('key-0');
  });

  it('lets the least recently used go', () => {
    const registry = new CircuitBreakerRegistry({}, { maxSize: 3 });
    for (const key of ['one', 'two', 'three', 'one']) {
      registry.get(key);
    }
    registry.get('four');
    expect(namesOf(registry)).toEqual(['four', 'one', 'three']);
    registry.get('five');
    expect(namesOf(registry)).toEqual(['five', 'four', 'one']);
  });

  it('lets closed ones go before open ones', async () => {
    const registry = new CircuitBreakerRegistry({ failureThreshold: 1, clock: new FakeClock() }, { maxSize: 2 });
    const open = registry.get('open');
    await fail(open);
    registry.get('closed');
    registry.get('new');
    expect(namesOf(registry)).toEqual(['new', 'open']);
    expect(registry.get('open')).toBe(open);
  });

  it('lets the open one go that is due soonest, where none is closed and idle', async () => {
    const clock = new FakeClock();
    const times: Record<string, number> = { late: 9_000, soon: 1_000, later: 5_000 };
    const registry = new CircuitBreakerRegistry(
      (name) => ({ failureThreshold: 1, clock, resetTimeoutMs: times[name] ?? 60_000 }),
      { maxSize: 3 },
    );
    for (const key of Object.keys(times)) {
      await fail(registry.get(key));
    }
    registry.get('new');
    expect(namesOf(registry)).toEqual(['late', 'later', 'new']);
  });

  it('never lets isolated or disabled ones go', async () => {
    const registry = new CircuitBreakerRegistry({ failureThreshold: 1, clock: new FakeClock() }, { maxSize: 2 });
    const isolated = registry.get('isolated');
    const disabled = registry.get('disabled');
    await isolated.isolate();
    await disabled.disable();
    for (let key = 0; key < 10; key += 1) {
      registry.get(`key-${key}`);
    }
    expect(registry.get('isolated')).toBe(isolated);
    expect(registry.get('disabled')).toBe(disabled);
  });

  it('does not let a closed one go while a call of it runs, when another is idle', async () => {
    const registry = new CircuitBreakerRegistry({ clock: new FakeClock() }, { maxSize: 2 });
    const busy = registry.get('busy');
    const call = deferred<string>();
    const value = busy.execute(() => call.promise);
    registry.get('idle');
    registry.get('new');
    expect(namesOf(registry)).toEqual(['busy', 'new']);
    call.resolve('value');
    expect(await value).toBe('value');
    registry.get('newer');
    registry.get('newest');
    expect(namesOf(registry)).toEqual(['newer', 'newest']);
  });

  it('knows that a call is over, however it ends', async () => {
    const registry = new CircuitBreakerRegistry({ clock: new FakeClock(), ignore: [SyntaxError] }, { maxSize: 2 });
    const one = registry.get('one');
    await succeed(one);
    await fail(one);
    await succeed(one);
    await fail(one, 1, new SyntaxError());
    one.executeSync(() => 1);
    const permit = await one.acquire();
    permit.succeed();
    const items = one.wrap(function* () {
      yield 1;
    })();
    items.next();
    items.return(undefined);
    const controller = new AbortController();
    const aborted = one
      .execute(() => new Promise(() => undefined), { signal: controller.signal })
      .catch(() => undefined);
    controller.abort();
    await aborted;
    await letPromisesRun();
    registry.get('two');
    registry.get('three');
    expect(namesOf(registry)).toEqual(['three', 'two']);
  });

  it('leaves what it let go a breaker that works', async () => {
    const registry = new CircuitBreakerRegistry({ failureThreshold: 1, clock: new FakeClock() }, { maxSize: 1 });
    const one = registry.get('one');
    registry.get('two');
    await succeed(one);
    await fail(one);
    expect(one.state).toBe('open');
    expect(registry.get('one')).not.toBe(one);
  });
});

describe('idleMs', () => {
  it('drops closed breakers unused for so long, at the next get', () => {
    const clock = new FakeClock();
    const registry = new CircuitBreakerRegistry({ clock }, { idleMs: 1_000 });
    registry.get('old');
    clock.advance(600);
    registry.get('young');
    clock.advance(401);
    expect(registry.size).toBe(2);
    registry.get('new');
    expect(namesOf(registry)).toEqual(['new', 'young']);
  });

  it('counts from the last use', () => {
    const clock = new FakeClock();
    const registry = new CircuitBreakerRegistry({ clock }, { idleMs: 1_000 });
    const one = registry.get('one');
    for (let times = 0; times < 5; times += 1) {
      clock.advance(900);
      expect(registry.get('one')).toBe(one);
      registry.get('other');
    }
    expect(registry.size).toBe(2);
  });

  it('leaves alone what is not closed', async () => {
    const clock = new FakeClock();
    const registry = new CircuitBreakerRegistry({ clock, failureThreshold: 1 }, { idleMs: 1_000 });
    await fail(registry.get('open'));
    await registry.get('isolated').isolate();
    await registry.get('disabled').disable();
    await registry.get('half-open').halfOpen();
    registry.get('closed');
    clock.advance(100_000);
    registry.get('new');
    expect(namesOf(registry)).toEqual(['disabled', 'half-open', 'isolated', 'new', 'open']);
  });

  it('sets no timer', () => {
    const clock = new FakeClock();
    const registry = new CircuitBreakerRegistry({ clock }, { idleMs: 1_000 });
    registry.get('one');
    expect(clock.pending).toBe(0);
  });

  it('is none by default', () => {
    const clock = new FakeClock();
    const registry = new CircuitBreakerRegistry({ clock });
    const one = registry.get('one');
    clock.advance(1e12);
    registry.get('other');
    expect(registry.get('one')).toBe(one);
  });
});

describe('bad input', () => {
  it('is refused, with its name', () => {
    for (const maxSize of [0, -1, 1.5]) {
      expect(() => new CircuitBreakerRegistry({}, { maxSize })).toThrow(RangeError);
      expect(() => new CircuitBreakerRegistry({}, { maxSize })).toThrow(/maxSize/);
    }
    for (const idleMs of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => new CircuitBreakerRegistry({}, { idleMs })).toThrow(RangeError);
      expect(() => new CircuitBreakerRegistry({}, { idleMs })).toThrow(/idleMs/);
    }
    expect(() => new CircuitBreakerRegistry({}, { maxSize: '5' as never })).toThrow(TypeError);
    expect(() => new CircuitBreakerRegistry({}, { idleMs: '5' as never })).toThrow(TypeError);
    expect(() => new CircuitBreakerRegistry({}, { size: 5 } as never)).toThrow(TypeError);
    expect(() => new CircuitBreakerRegistry({}, { size: 5 } as never)).toThrow(/size/);
    for (const settings of [null, 5, 'text']) {
      expect(() => new CircuitBreakerRegistry({}, settings as never)).toThrow(TypeError);
    }
    for (const options of [null, 5, 'text']) {
      expect(() => new CircuitBreakerRegistry(options as never).get('one')).toThrow(TypeError);
    }
  });

  it('of the breakers is refused by the time one is asked for', () => {
    expect(() => new CircuitBreakerRegistry({ failureThreshold: 0 }).get('one')).toThrow(RangeError);
    expect(() => new CircuitBreakerRegistry({ unknown: 1 } as never).get('one')).toThrow(TypeError);
  });

  it('as a key is refused, and nothing changes', () => {
    const registry = new CircuitBreakerRegistry();
    for (const key of [undefined, null, 5, {}]) {
      expect(() => registry.get(key as never)).toThrow(TypeError);
    }
    expect(thrownBy(() => registry.get(''))).toBeInstanceOf(Error);
    expect(registry.size).toBe(0);
  });

  it('as a key to delete is refused', () => {
    const registry = new CircuitBreakerRegistry();
    for (const key of [undefined, null, 5, {}]) {
      expect(() => registry.delete(key as never)).toThrow(TypeError);
    }
  });

  it('from the options’ function takes nobody’s place', () => {
    const fault = new Error('no options');
    const registry = new CircuitBreakerRegistry(
      (name) => {
        if (name === 'faulty') {
          throw fault;
        }
        return name === 'bad' ? { failureThreshold: 0 } : {};
      },
      { maxSize: 2 },
    );
    registry.get('one');
    registry.get('two');
    expect(thrownBy(() => registry.get('bad'))).toBeInstanceOf(RangeError);
    expect(thrownBy(() => registry.get('faulty'))).toBe(fault);
    expect(namesOf(registry)).toEqual(['one', 'two']);
  });
});
