import type { RecordChange } from '@breaker/core';
import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import type { RedisStorageOptions } from '../src/index.js';
import { countOf, increment } from './records.js';
import { setUp } from './setting.js';

describeOnRedis('What operations cost', () => {
  const setting = setUp();

  /** A storage whose connections stand already. */
  async function warm(options?: Partial<RedisStorageOptions>) {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }), options);
    await storage.read('warm-up');
    network.requests.length = 0;
    return { network, storage };
  }

  it('makes two round trips for an update', async () => {
    const { network, storage } = await warm();
    await storage.update('one', increment);
    expect(network.requests).toHaveLength(2);
    expect(network.requests[0]).toMatch(/watch.*get.*time/s);
    expect(network.requests[1]).toMatch(/multi.*set.*publish.*exec/s);
  });

  it('waits for one round trip where a change declines, and ends the watch', async () => {
    const { network, storage } = await warm();
    await storage.update('one', () => undefined);
    await until('the watch is ended', () => network.requests.some((request) => request.includes('unwatch')));
    expect(network.requests).toHaveLength(2);
    expect(network.requests.join()).not.toMatch(/multi|set/);
  });

  it('shares two round trips between all updates of a turn, and those of one record see each other', async () => {
    const { network, storage } = await warm();
    const names = Array.from({ length: 100 }, (_, index) => `name-${index}`);
    await Promise.all([...names, ...names].map((name) => storage.update(name, increment)));
    expect(network.requests.filter((request) => request.includes('watch'))).toHaveLength(1);
    expect(network.requests.filter((request) => request.includes('exec'))).toHaveLength(1);
    for (const name of names) expect(countOf((await storage.read(name)).record)).toBe(2);
  });

  it('answers updates that share a record with what is stored in the end', async () => {
    const { storage } = await warm();
    const updates = [increment, increment, () => undefined].map((change) => storage.update('one', change));
    for (const { record } of await Promise.all(updates)) expect(record).toEqual({ count: 2 });
  });

  it('takes no more than 256 records at a time', async () => {
    const { network, storage } = await warm();
    await Promise.all(Array.from({ length: 300 }, (_, index) => storage.update(`name-${index}`, increment)));
    const all = network.requests.join('');
    expect(all.match(/\r\nwatch\r\n/g)).toHaveLength(2);
    expect(all).toContain('*257\r\n$5\r\nwatch');
    expect(all).toContain('*45\r\n$5\r\nwatch');
  });

  it('gathers what is asked for while a transaction is under way', async () => {
    const { network, storage } = await warm();
    const later: Promise<unknown>[] = [];
    network.onRequest = (request) => {
      if (later.length === 0 && request.includes('watch')) {
        for (const name of ['two', 'three']) later.push(storage.update(name, increment));
      }
    };
    await storage.update('one', increment);
    await Promise.all(later);
    expect(network.requests).toHaveLength(4);
  });

  it('shares one round trip between all reads of a turn', async () => {
    const { network, storage } = await warm();
    await Promise.all(Array.from({ length: 100 }, (_, index) => storage.read(`name-${index}`)));
    expect(network.requests).toHaveLength(1);
  });

  it('leaves out what declines, throws or cannot be read, and commits the others', async () => {
    const { storage } = await warm();
    await (await setting.server()).command('LPUSH', 'breaker:{tests}:list', 'x');
    const thrown = new Error('thrown by change');
    const outcomes = await Promise.allSettled([
      storage.update('declined', () => undefined),
      storage.update('thrown', () => {
        throw thrown;
      }),
      storage.update('list', increment),
      storage.update('written', increment),
    ]);
    expect(outcomes).toMatchObject([
      { value: { record: undefined } },
      { reason: thrown },
      { reason: { name: 'RedisStorageError', reason: 'unreadable', mayHaveBeenApplied: false } },
      { value: { record: { count: 1 } } },
    ]);
  });

  it.each<[string, () => unknown]>([
    ['a BigInt', () => ({ big: 1n })],
    ['null', () => null],
    ['a function', () => () => undefined],
    ['a number', () => 5],
    ['a list', () => [1]],
    ['what JSON makes nothing of', () => ({ toJSON: () => undefined })],
    ['what JSON makes a string of', () => new Date(0)],
    ['what refers to itself', selfReferring],
    ['what throws when it is read again', throwingWhenReadAgain],
  ])('rejects the one of several changes that gives %s, and applies the others', async (_, impossible) => {
    const { storage } = await warm();
    const changes = [increment, impossible as RecordChange, increment];
    const outcomes = await Promise.allSettled(changes.map((change) => storage.update('one', change)));
    const rejected = { status: 'rejected', reason: expect.any(TypeError) };
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, rejected, { status: 'fulfilled' }]);
    expect((await storage.read('one')).record).toEqual({ count: 2 });
  });

  it.each([
    [100, 1],
    [1_000, 4],
  ])('loses none of %i names that change at once, 20 ms away: two round trips for each 256', async (amount, groups) => {
    // Time is not what is measured here: a machine that is busy takes pauses of its own.
    const { network, storage } = await warm({ timeoutMs: 10_000 });
    network.delayMs = 10;
    const updates = Array.from({ length: amount }, (_, index) => storage.update(`name-${index}`, increment));
    for (const { record } of await Promise.all(updates)) expect(record).toEqual({ count: 1 });
    const turns = network.requests.join('').match(/\r\n(watch|exec)\r\n/g);
    expect(turns?.map((turn) => turn.trim())).toEqual(Array(groups).fill(['watch', 'exec']).flat());
  });
});

function selfReferring(): object {
  const record: Record<string, unknown> = {};
  return Object.assign(record, { record });
}

function throwingWhenReadAgain(): object {
  let reads = 0;
  return {
    get keepUntilAt() {
      if (reads++ > 0) throw new TypeError('read again');
      return 5;
    },
  };
}
