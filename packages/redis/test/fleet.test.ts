import { CircuitBreaker, type CircuitBreakerOptions } from '@breaker/core';
import { paceOfMachine, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { RecordingListener } from '@breaker/testing';
import { afterEach, expect, it } from 'vitest';
import { setUp } from './setting.js';

const fail = () => Promise.reject(new Error('down'));
const succeed = async () => 'up';

describeOnRedis('Breakers that share a circuit through Redis', () => {
  const setting = setUp();
  const breakers: CircuitBreaker[] = [];

  afterEach(async () => {
    await Promise.all(breakers.splice(0).map((breaker) => breaker.dispose()));
  });

  async function member(options: CircuitBreakerOptions = {}, at?: { readonly port: number }) {
    const listener = new RecordingListener();
    const pace = paceOfMachine(); // 1 on a quiet machine: then the time-outs are the defaults
    const storage = setting.storage(await setting.client(at, { lazyConnect: true }), { timeoutMs: 400 * pace });
    const sharing = { storage, storageTimeoutMs: 500 * pace };
    const breaker = new CircuitBreaker('payments', {
      ...sharing,
      listeners: [listener],
      resetTimeoutMs: 300,
      ...options,
    });
    breakers.push(breaker);
    await breaker.ready();
    return { breaker, listener };
  }

  async function fleet(size: number, options?: CircuitBreakerOptions) {
    return Promise.all(Array.from({ length: size }, () => member(options)));
  }

  function allAre(members: readonly { readonly breaker: CircuitBreaker }[], state: string): Promise<boolean> {
    return until(`all are ${state}`, () => members.every(({ breaker }) => breaker.state === state));
  }

  it('open together, let one trial through at a time, and close together', async () => {
    const members = await fleet(5);
    for (let round = 0; round < 3; round++) {
      await Promise.allSettled(members.map(({ breaker }) => breaker.execute(fail)));
    }
    await until('the fleet is open', () => members.every(({ breaker }) => breaker.snapshot().scope === 'fleet'));
    await allAre(members, 'open');

    let trials = 0;
    let most = 0;
    const call = async (breaker: CircuitBreaker) => {
      const permit = await breaker.acquire();
      if (permit.trial) most = Math.max(most, ++trials);
      await new Promise((resolve) => setTimeout(resolve, 20));
      permit.succeed();
      if (permit.trial) trials--;
    };
    await until('the circuit is closed again', async () => {
      await Promise.allSettled(members.map(({ breaker }) => call(breaker)));
      return members.some(({ breaker }) => breaker.state === 'closed');
    });
    expect(most).toBe(1);
    await allAre(members, 'closed');
    for (const { listener } of members) expect(listener.of('storage-degraded')).toEqual([]);
  });

  it('open together, 20 of them, without each writing what the first has said', async () => {
    const network = await setting.network();
    const members = await Promise.all(Array.from({ length: 20 }, () => member({ resetTimeoutMs: 60_000 }, network)));
    network.delayMs = 10;
    await Promise.all(members.map(({ breaker }) => breaker.execute(succeed)));
    for (let round = 0; round < 5; round++) {
      await Promise.allSettled(members.map(({ breaker }) => breaker.execute(fail)));
    }
    await until('the fleet is open', () => members.every(({ breaker }) => breaker.snapshot().scope === 'fleet'));
    const commits = network.requests.filter((request) => request.includes('\r\nexec\r\n'));
    // Each tries once before it has heard of the others, and may once more at the end of the hearing. Did each write what the first has
    // said, it would be 60 and more.
    expect(commits.length).toBeLessThan(50);
    for (const { listener } of members) expect(listener.of('storage-degraded')).toEqual([]);
  });

  it('are not opened by one whose own network is broken, as long as others succeed', async () => {
    const members = await fleet(3);
    const [broken, ...others] = members.map(({ breaker }) => breaker);
    let isOver = false;
    const traffic = others.map(async (breaker) => {
      while (!isOver) {
        await breaker.execute(succeed);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    });
    for (let call = 0; call < 20; call++) await broken?.execute(fail).catch(() => undefined);
    await broken?.flush();
    const { calls = 0 } = others[0]?.counts ?? {};
    await until('a hearing would be over', () => (others[0]?.counts.calls ?? 0) > calls + 150);
    isOver = true;
    await Promise.all(traffic);
    expect(others.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(broken?.snapshot().scope).toBe('process');
  });

  it('are ruled by hand together, and one that comes later knows', async () => {
    const members = await fleet(2);
    await members[0]?.breaker.isolate();
    await allAre(members, 'isolated');
    const late = await member();
    expect(late.breaker.state).toBe('isolated');
    await late.breaker.close();
    await allAre([...members, late], 'closed');
  });

  it('go on alone when the server is gone, and teach it what they knew when it comes back empty', async () => {
    const server = await setting.server();
    const members = await fleet(2, { resetTimeoutMs: 60_000 });
    await members[0]?.breaker.open();
    await allAre(members, 'open');
    await server.kill();
    const states = async () => {
      for (const { breaker } of members) {
        await expect(breaker.execute(succeed)).rejects.toMatchObject({ code: 'ERR_CIRCUIT_OPEN' });
      }
    };
    await until('all have noticed', async () => {
      await states();
      return members.every(({ breaker }) => breaker.snapshot().degraded);
    });
    await server.restart();
    await until('all have recovered', async () => {
      await states();
      return members.every(({ breaker }) => !breaker.snapshot().degraded);
    });
    await until('the server knows', async () => {
      const json = await server.command('GET', 'breaker:{tests}:payments');
      return JSON.parse(String(json)).state === 'open';
    });
    await states();
    for (const { listener } of members) {
      expect(listener.of('storage-degraded')).toHaveLength(1);
      expect(listener.of('storage-recovered')).toHaveLength(1);
    }
  });

  it('lose the storage where its record is unreadable, and are told so', async () => {
    const server = await setting.server();
    await server.command('SET', 'breaker:{tests}:payments', 'garbage');
    const { breaker, listener } = await member();
    await expect(breaker.execute(succeed)).resolves.toBe('up');
    await breaker.open();
    expect(breaker.state).toBe('open');
    expect(listener.of('storage-degraded')).toMatchObject([
      { error: { reason: 'unreadable', mayHaveBeenApplied: false, cause: { name: 'RedisStorageError' } } },
    ]);
    expect(String(await server.command('GET', 'breaker:{tests}:payments'))).toBe('garbage');
  });
});
