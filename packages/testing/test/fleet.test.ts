import { CircuitBreaker } from '@breaker/core';
import { afterEach, describe, expect, it } from 'vitest';
import { FakeClock, FakeStorage, RecordingListener, seededRandom, trip } from '../src/index.js';

// Breakers of several processes over one storage: what the kit promises holds for the real ones.

const breakers: CircuitBreaker[] = [];

afterEach(async () => {
  for (const breaker of breakers.splice(0)) await breaker.dispose();
});

function setUp() {
  const clock = new FakeClock();
  const storage = new FakeStorage({ clock });
  const random = seededRandom(1);
  const start = () => {
    const recorder = new RecordingListener();
    const link = storage.link();
    const breaker = new CircuitBreaker('orders', { clock, random, storage: link, listeners: [recorder] });
    breakers.push(breaker);
    return { breaker, recorder, link };
  };
  return { clock, storage, start };
}

it('follows a ruling in every process', async () => {
  const { clock, storage, start } = setUp();
  const [one, other] = [start(), start()];
  await other.breaker.ready();
  expect(storage.subscribers('orders')).toBe(1);
  await one.breaker.isolate();
  await clock.advanceAsync(0);
  expect(other.breaker.state).toBe('isolated');
  expect(other.recorder.of('state-change')).toMatchObject([{ scope: 'fleet', origin: 'remote' }]);
  expect(storage.record('orders')).toMatchObject({ state: 'isolated' });
});

it('trips one process, and the fleet by its rules', async () => {
  const { clock, start } = setUp();
  const [one, other] = [start(), start()];
  await other.breaker.ready();
  await trip(one.breaker);
  expect([one.breaker.state, one.breaker.snapshot().scope, other.breaker.state]).toEqual(['open', 'process', 'closed']);
  await clock.advanceAsync(1_000);
  expect([one.breaker.snapshot().scope, other.breaker.state]).toEqual(['fleet', 'open']);
  expect([one.recorder.states, one.recorder.types.filter((type) => type === 'state-change').length]).toEqual([
    ['open'],
    2,
  ]);
});

describe.each<[string, (link: FakeStorage) => void]>([
  ['fails', (link) => link.fail()],
  ['hangs', (link) => link.hang()],
  ['loses replies', (link) => link.loseReplies()],
  ['is too slow', (link) => link.delay(2_000)],
])('a storage that %s', (_, fault) => {
  it('degrades the process behind that link, until it is healed', async () => {
    const { clock, start } = setUp();
    const [one, other] = [start(), start()];
    await Promise.all([one.breaker.ready(), other.breaker.ready()]);
    fault(one.link);
    const ruling = one.breaker.open().catch(() => 'refused');
    await clock.advanceAsync(10_000);
    expect(await ruling).toBe('refused');
    expect([one.recorder.of('storage-degraded').length, one.breaker.snapshot().degraded]).toEqual([1, true]);
    expect(other.breaker.snapshot().degraded).toBe(false);

    one.link.heal();
    await clock.advanceAsync(20_000);
    expect([one.recorder.of('storage-recovered').length, one.breaker.snapshot().degraded]).toEqual([1, false]);
    expect(one.breaker.state).toBe(other.breaker.state);
  });
});

it('leaves no timer behind', async () => {
  const { clock, storage, start } = setUp();
  const { breaker } = start();
  await breaker.ready();
  await breaker.dispose();
  await clock.advanceAsync(0);
  expect([clock.pending, storage.subscribers('orders')]).toEqual([0, 0]);
});
