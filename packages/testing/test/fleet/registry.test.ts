import { CircuitBreakerRegistry } from '@breaker/core';
import { describe, expect, it, vi } from 'vitest';
import { FakeClock, FakeStorage, seededRandom } from '../../src/index.js';
import { fail } from './calls.js';
import { HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

function setUp(count: number) {
  const clock = new FakeClock(1_000);
  const storage = new FakeStorage({ clock });
  const registries = Array.from(
    { length: count },
    (_, place) => new CircuitBreakerRegistry({ clock, storage: storage.link(), random: seededRandom(place) }),
  );
  return { clock, storage, registries };
}

describe('registries over one storage', () => {
  it("share each key's circuit, and no other", async () => {
    const { clock, registries } = setUp(2);
    const [one, two] = registries as [CircuitBreakerRegistry, CircuitBreakerRegistry];
    await one.get('a.example').open();
    await two.get('a.example').ready();
    await two.get('b.example').ready();
    expect(two.get('a.example').state).toBe('open');
    expect(two.get('b.example').state).toBe('closed');
    await fail(two.get('b.example'), 5);
    await clock.advanceAsync(HEARD);
    expect(two.get('b.example').snapshot().scope).toBe('fleet');
    expect(one.get('c.example').state).toBe('closed');
  });

  it('let go of the storage when a key is deleted, and when they are disposed of', async () => {
    const { clock, storage, registries } = setUp(1);
    const [registry] = registries as [CircuitBreakerRegistry];
    for (const key of ['a', 'b', 'c']) await registry.get(key).ready();
    registry.delete('a');
    await clock.advanceAsync(0);
    expect([storage.subscribers('a'), storage.subscribers('b')]).toEqual([0, 1]);
    await fail(registry.get('b'));
    await registry.dispose();
    await clock.advanceAsync(0);
    expect([storage.subscribers('b'), storage.subscribers('c')]).toEqual([0, 0]);
    expect(clock.pending).toBe(0);
  });

  it('let go of the storage for what they drop: the least recently used that is closed', async () => {
    const clock = new FakeClock(1_000);
    const storage = new FakeStorage({ clock });
    const registry = new CircuitBreakerRegistry({ clock, storage }, { maxSize: 2 });
    await registry.get('a').isolate();
    for (const key of ['b', 'c', 'd']) await registry.get(key).ready();
    await clock.advanceAsync(0);
    expect(['a', 'b', 'c', 'd'].map((key) => storage.subscribers(key))).toEqual([1, 0, 0, 1]);
    expect(registry.get('a').state).toBe('isolated');
    await registry.dispose();
  });

  it('close no storage: it is not theirs', async () => {
    const clock = new FakeClock(1_000);
    const storage = Object.assign(new FakeStorage({ clock }), { close: vi.fn(async () => undefined) });
    const registry = new CircuitBreakerRegistry({ clock, storage });
    await registry.get('a').ready();
    await registry.dispose();
    await registry.get('a').dispose();
    expect(storage.close).not.toHaveBeenCalled();
  });
});
