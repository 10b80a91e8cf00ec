import { CircuitBreaker } from '@breaker/core';
import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterEach, expect, it } from 'vitest';
import { setUp } from './setting.js';

// What docs/operating.md tells operators.

const KEY = 'breaker:{tests}:payments';
const fail = () => Promise.reject(new Error('down'));
const succeed = async () => 'up';

describeOnRedis('Operators', () => {
  const setting = setUp();
  const breakers: CircuitBreaker[] = [];

  afterEach(async () => {
    await Promise.all(breakers.splice(0).map((breaker) => breaker.dispose()));
  });

  async function start(): Promise<CircuitBreaker> {
    const storage = setting.storage(await setting.client());
    const breaker = new CircuitBreaker('payments', { storage, syncIntervalMs: 100 });
    breakers.push(breaker);
    await breaker.ready();
    return breaker;
  }

  async function command(...words: [string, ...(string | number)[]]): Promise<unknown> {
    return (await setting.server()).command(...words);
  }

  it('find no key of a circuit whose calls have succeeded, and one that expires after a failure', async () => {
    const breaker = await start();
    await breaker.execute(succeed);
    await breaker.flush();
    expect(await command('EXISTS', KEY)).toBe(0);
    await breaker.execute(fail).catch(() => undefined);
    await breaker.flush();
    expect(await command('TTL', KEY)).toBeGreaterThan(60);
    expect(await command('TTL', KEY)).toBeLessThanOrEqual(70);
  });

  it('close nothing by deleting the key: who uses the circuit writes it anew', async () => {
    const breaker = await start();
    await breaker.isolate();
    expect(await command('TTL', KEY)).toBe(-1);
    await command('DEL', KEY);
    await until('it is written anew', async () => breaker.state === 'isolated' && (await command('EXISTS', KEY)) === 1);
    expect(await command('TTL', KEY)).toBe(-1);
    await breaker.close();
    expect(JSON.parse(String(await command('GET', KEY)))).toMatchObject({ state: 'closed' });
  });

  it('delete a key that is unreadable, and the processes recover', async () => {
    const breaker = await start();
    await command('SET', KEY, 'hello');
    const isDegraded = () => breaker.snapshot().degraded;
    await until('it goes on alone', isDegraded);
    expect(await breaker.execute(succeed)).toBe('up');
    expect(await command('GET', KEY)).toBe('hello');
    await command('DEL', KEY);
    await until('it is back', () => !isDegraded(), 20_000);
  });

  it('are told by a script that Redis cannot be reached, and that nothing was done', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    await network.stop();
    const script = new CircuitBreaker('payments', { storage });
    breakers.push(script);
    const refusal = { name: 'CircuitStorageError', mayHaveBeenApplied: false };
    await expect(script.isolate()).rejects.toMatchObject(refusal);
    expect(script.state).toBe('closed');
  });
});
