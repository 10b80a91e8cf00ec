import type { CircuitBreaker } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call } from './calls.js';
import { Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const uses: [string, (breaker: CircuitBreaker) => unknown][] = [
  ['execute', (breaker) => breaker.execute(async () => 1)],
  ['executeSync', (breaker) => breaker.executeSync(() => 1)],
  ['acquire', async (breaker) => (await breaker.acquire()).succeed()],
  ['wrap', (breaker) => breaker.wrap(async () => 1)()],
  ['wrapSync', (breaker) => breaker.wrapSync(() => 1)()],
  [
    'a generator',
    (breaker) => [
      ...breaker.wrap(function* () {
        yield 1;
      })(),
    ],
  ],
  ['ready', (breaker) => breaker.ready()],
  ['state', (breaker) => breaker.state],
  ['snapshot', (breaker) => breaker.snapshot()],
];

describe('the storage', () => {
  it('is not touched by the constructor', async () => {
    const fleet = new Fleet();
    const { asked } = fleet.joinCold();
    await fleet.pass(60_000);
    expect(asked.operations).toEqual([]);
    expect(fleet.clock.pending).toBe(0);
  });

  it('is not touched by what is no use of the circuit', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    expect(breaker.name).toBe('orders');
    expect(breaker.counts.calls).toBe(0);
    expect(breaker.options.failureThreshold).toBe(5);
    breaker.configure({ failureThreshold: 4 });
    breaker.wrap(async () => 1);
    await fleet.pass(1_000);
    expect(asked.operations).toEqual([]);
  });

  it.each(uses)('is subscribed to first, then read, at the first use: %s', async (_, use) => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    await use(breaker);
    await fleet.settle();
    expect(asked.operations.slice(0, 2)).toEqual(['subscribe', 'read']);
    expect(asked.updates).toBe(0);
    expect(asked.operations.filter((operation) => operation === 'subscribe')).toHaveLength(1);
  });

  it('is asked a few times only for many first uses at once', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    await Promise.all([call(breaker), call(breaker), breaker.ready(), call(breaker)]);
    await fleet.settle();
    expect(asked.reads).toBeLessThanOrEqual(2);
  });

  it('is subscribed to once, however long the breaker is used', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = fleet.joinCold();
    await fleet.passWith(60_000, 500, () => call(breaker));
    expect(asked.operations.filter((operation) => operation === 'subscribe')).toHaveLength(1);
    expect(fleet.storage.subscribers('orders')).toBe(1);
  });

  it.each(['open', 'halfOpen', 'isolate', 'disable', 'close'] as const)(
    'is read before a ruling: %s',
    async (ruling) => {
      const fleet = new Fleet();
      const { breaker, asked } = fleet.joinCold();
      await breaker[ruling]();
      expect(asked.operations[0]).toBe('subscribe');
      expect(asked.operations.indexOf('read')).toBeGreaterThan(0);
      expect(asked.operations.indexOf('read')).toBeLessThan(asked.operations.indexOf('update'));
    },
  );
});
