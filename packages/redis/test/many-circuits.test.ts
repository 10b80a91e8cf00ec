import { CircuitBreakerRegistry } from '@breaker/core';
import { paceOfMachine, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { setUp } from './setting.js';

const STORAGE_TIMEOUT_MS = 500; // the defaults
const TIMEOUT_MS = 400;

const fail = () => Promise.reject(new Error('down'));

describeOnRedis('Circuits of one process that fail at once', () => {
  const setting = setUp();

  it.each([
    [100, 1],
    [100, 5],
    [100, 20],
    [1_000, 1],
    [1_000, 5],
    [1_000, 20],
  ])('open for the fleet, and none goes on alone: %i of them, %i ms away', async (amount, roundTripMs) => {
    const network = await setting.network();
    network.delayMs = roundTripMs / 2;
    const pace = paceOfMachine();
    const client = await setting.client(network, { lazyConnect: true });
    const degraded: unknown[] = [];
    const registry = new CircuitBreakerRegistry({
      storage: setting.storage(client, { timeoutMs: TIMEOUT_MS * pace }),
      storageTimeoutMs: STORAGE_TIMEOUT_MS * pace,
      listeners: [{ onStorageDegraded: ({ circuit }) => degraded.push(circuit) }],
    });
    const all = Array.from({ length: amount }, (_, index) => registry.get(`host-${index}`));
    await Promise.all(all.map((breaker) => breaker.ready()));
    await Promise.all(all.map((breaker) => breaker.execute(async () => 'up')));
    for (let call = 0; call < 5; call++) await Promise.allSettled(all.map((breaker) => breaker.execute(fail)));
    const isOpenForAll = () => all.every((breaker) => breaker.snapshot().scope === 'fleet');
    await until('all circuits of the fleet are open', () => isOpenForAll() || degraded.length > 0);
    expect(degraded).toEqual([]);
    await registry.dispose();
  });
});
