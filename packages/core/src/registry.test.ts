import { expect, it, vi } from 'vitest';
import { FakeClock } from '../test/fake-clock.js';
import { FaultyStorage } from '../test/faulty-storage.js';
import { letPromisesRun } from '../test/let-promises-run.js';
import { type CircuitBreakerOptions, CircuitBreakerRegistry } from './index.js';

/** A registry of two breakers at most, and both of them. */
function fullRegistry(options: CircuitBreakerOptions = { clock: new FakeClock() }) {
  const registry = new CircuitBreakerRegistry(options, { maxSize: 2 });
  return { registry, one: registry.get('one'), two: registry.get('two') };
}

const never = new Promise(() => undefined);

it('is emptied when its scope ends', async () => {
  let kept: CircuitBreakerRegistry;
  {
    await using registry = new CircuitBreakerRegistry();
    registry.get('one');
    kept = registry;
    expect(kept.size).toBe(1);
  }
  expect(kept.size).toBe(0);
});

it('drops a breaker that was used by who held it when it has been unused for so long since', async () => {
  const clock = new FakeClock();
  const registry = new CircuitBreakerRegistry({ clock }, { idleMs: 100 });
  const held = registry.get('held');
  clock.advance(50);
  await held.execute(() => 1);
  clock.advance(50);
  registry.get('other');
  expect([...registry]).toContain(held);
  clock.advance(100);
  registry.get('another');
  expect([...registry]).not.toContain(held);
});

it('disposes of the breakers that it forgets', async () => {
  const { registry, one, two } = fullRegistry();
  const [disposeOne, disposeTwo] = [vi.spyOn(one, 'dispose'), vi.spyOn(two, 'dispose')];
  registry.delete('one');
  expect(disposeOne).toHaveBeenCalledOnce();
  await registry.dispose();
  expect(disposeTwo).toHaveBeenCalledOnce();
});

it('lets the less recently used go of two open ones that are due at once', async () => {
  const { registry, one, two } = fullRegistry();
  await two.open();
  await one.open();
  registry.get('new');
  expect([...registry]).not.toContain(one);
  expect([...registry]).toContain(two);
});

it('lets the least recently used go where calls of all of them run: it stays bounded', () => {
  const { registry, one, two } = fullRegistry();
  for (const breaker of [two, one]) void breaker.execute(() => never);
  registry.get('new');
  expect([...registry]).not.toContain(one);
  expect([...registry]).toContain(two);
});

it('takes a rejected call for one that is over', async () => {
  const { registry, one } = fullRegistry();
  await one.isolate();
  await expect(one.execute(() => 1)).rejects.toThrow('isolated');
  await one.close();
  registry.get('new');
  expect([...registry]).not.toContain(one);
});

it('reads no clock where nothing is dropped for being idle', () => {
  const clock = new FakeClock();
  fullRegistry({ clock }).registry.get('one');
  expect(clock.reads).toBe(0);
});

it('refuses unknown limits and names that are none, and says so', () => {
  const { registry } = fullRegistry();
  expect(() => new CircuitBreakerRegistry({}, { size: 5 } as never)).toThrow('limits has an unknown key "size"');
  expect(() => registry.get('')).toThrow('name must be a non-empty string, but is ""');
  expect(() => registry.delete('')).toThrow('name must be a non-empty string, but is ""');
});

it('looks for one to let go without using any', async () => {
  const clock = new FakeClock();
  const storage = new FaultyStorage(clock);
  const { registry } = fullRegistry({ clock, storage });
  registry.get('three');
  registry.get('four');
  clock.advance(60_000);
  await letPromisesRun();
  expect(registry.size).toBe(2);
  expect(storage.counts).toEqual({ reads: 0, updates: 0, writes: 0 });
  expect(storage.subscribers).toBe(0);
});

it('lets a closed one go before a half-open one that was used less recently', async () => {
  const { registry, one } = fullRegistry();
  await one.halfOpen();
  registry.get('three');
  expect([...registry].map(({ name }) => name)).toEqual(['one', 'three']);
});

it('lets a half-open one go before an open one', async () => {
  const { registry, one, two } = fullRegistry();
  await one.open();
  await two.halfOpen();
  registry.get('three');
  expect([...registry].map(({ name }) => name)).toEqual(['one', 'three']);
});
