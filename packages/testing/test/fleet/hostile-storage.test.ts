import { CircuitBreaker, CircuitOpenError, CircuitStorageError, CircuitTrippedError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { FakeClock, RecordingListener, seededRandom } from '../../src/index.js';
import { rejectionOf } from './caught.js';
import { HOSTILE_STORAGES } from './hostile-storages.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const down = new Error('down');

describe.each(HOSTILE_STORAGES)('a storage that %s', (_, makeStorage) => {
  function setUp() {
    const clock = new FakeClock(1_000);
    const recorder = new RecordingListener({ quiet: true });
    const storage = makeStorage();
    const options = { clock, storage, listeners: [recorder], random: seededRandom(1), resetTimeoutMs: 2_000 };
    return { clock, recorder, breaker: new CircuitBreaker('orders', options) };
  }

  it('never keeps a call from its own outcome', async () => {
    const { breaker, clock, recorder } = setUp();
    for (let round = 0; round < 6; round += 1) {
      const value = breaker.execute(async () => 'value');
      const error = rejectionOf(breaker.execute(() => Promise.reject(down)));
      await clock.advanceAsync(101);
      expect(await value).toBe('value');
      expect(await error).toBe(down);
      expect(breaker.executeSync(() => 'value')).toBe('value');
      (await breaker.acquire()).succeed();
      await clock.advanceAsync(1_000);
    }
    expect(breaker.counts).toEqual({
      calls: 24,
      successes: 18,
      failures: 6,
      ignored: 0,
      rejected: 0,
      timeouts: 0,
      slow: 0,
    });
    expect(recorder.of('storage-degraded').length).toBeGreaterThanOrEqual(recorder.of('storage-recovered').length);
    expect(recorder.of('state-change')).toEqual([]);
  });

  it('leaves the process protected by its own circuit', async () => {
    const { breaker, clock } = setUp();
    void breaker.ready();
    await clock.advanceAsync(600);
    for (let made = 1; made < 5; made += 1) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(down)))).toBe(down);
    }
    const tripped = await rejectionOf(breaker.execute(() => Promise.reject(down)));
    expect(tripped).toBeInstanceOf(CircuitTrippedError);
    expect(breaker.state).toBe('open');
    const rejected = await rejectionOf(breaker.execute(async () => 'never'));
    expect(rejected).toBeInstanceOf(CircuitOpenError);
  });

  it('wedges nothing: time and successful calls lead back to closed', async () => {
    const { breaker, clock } = setUp();
    const calls: Promise<unknown>[] = [];
    for (let made = 0; made < 5; made += 1)
      calls.push(breaker.execute(() => Promise.reject(down)).catch(() => undefined));
    for (let passed = 0; passed < 20_000; passed += 100) {
      calls.push(
        breaker
          .execute(async () => 'value')
          .catch((error: unknown) => {
            expect(error).toBeInstanceOf(CircuitOpenError);
          }),
      );
      await clock.advanceAsync(100);
    }
    await Promise.all(calls);
    expect(breaker.state).toBe('closed');
  });

  it('keeps no promise of the breaker pending', async () => {
    const { breaker, clock } = setUp();
    const settled: string[] = [];
    const follow = (name: string, promise: Promise<unknown>): void => {
      promise.then(
        () => settled.push(name),
        (error) => {
          expect(error).toBeInstanceOf(CircuitStorageError);
          settled.push(name);
        },
      );
    };
    follow('ready', breaker.ready());
    follow('open', breaker.open());
    follow('flush', breaker.flush());
    await clock.advanceAsync(2_500);
    follow('close', breaker.close());
    await clock.advanceAsync(2_500);
    follow('dispose', breaker.dispose());
    await clock.advanceAsync(2_500);
    expect(settled.sort()).toEqual(['close', 'dispose', 'flush', 'open', 'ready']);
    expect(clock.pending).toBe(0);
    expect(await breaker.execute(async () => 'value')).toBe('value');
  });
});
