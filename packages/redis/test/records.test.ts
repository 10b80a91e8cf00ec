import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { recordOf } from './records.js';
import { setUp } from './setting.js';

const KEY = 'breaker:{tests}:one';
const UNREADABLE = { name: 'RedisStorageError', reason: 'unreadable', mayHaveBeenApplied: false };

describeOnRedis('Records in Redis', () => {
  const setting = setUp();

  it('are JSON that people can read', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await storage.update('one', () => recordOf({ state: 'open' }));
    expect(String(await server.command('GET', KEY))).toBe('{"state":"open"}');
  });

  it('are kept until keepUntilAt, a minute at least, and for ever where it is absent', async () => {
    const server = await setting.server();
    const client = await setting.client();
    const storage = setting.storage(client);
    const brief = setting.storage(client, { idleTtlMs: 500 });
    const ttlOf = async (used: typeof storage, keepForMs: number | undefined) => {
      await used.update('one', (_, now) => (keepForMs === undefined ? {} : { keepUntilAt: now + keepForMs }));
      return Number(await server.command('PTTL', KEY));
    };
    const nearly = (ms: number) => ({ from: ms - 2_000, to: ms + 1 });
    for (const [ttl, { from, to }] of [
      [await ttlOf(storage, 120_000), nearly(120_000)],
      [await ttlOf(storage, 1_000), nearly(60_000)],
      [await ttlOf(storage, -60_000), nearly(60_000)],
      [await ttlOf(brief, 1), { from: 1, to: 500 }],
      [await ttlOf(storage, 1e11), nearly(1e11)],
    ] as const) {
      expect(ttl).toBeGreaterThanOrEqual(from);
      expect(ttl).toBeLessThanOrEqual(to);
    }
    expect(await ttlOf(storage, undefined)).toBe(-1);
    expect(await ttlOf(storage, 1e300)).toBe(-1);
    await storage.update('one', () => recordOf({ keepUntilAt: 'soon' }));
    expect(await server.command('PTTL', KEY)).toBe(-1);
  });

  it('are never dropped before keepUntilAt by the server', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    await storage.update('one', (_, now) => ({ keepUntilAt: now + 90_000.5 }));
    expect(network.requests.at(-1)).toContain('PX\r\n$5\r\n90001\r\n');
  });

  it('are kept no longer by changes that decline or throw, nor by reads', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await storage.update('one', (_, now) => ({ keepUntilAt: now }));
    await server.command('PEXPIRE', KEY, 5_000);
    await storage.update('one', () => undefined);
    await storage.read('one');
    const refuse = () => {
      throw new Error('refused');
    };
    await expect(storage.update('one', refuse)).rejects.toThrow('refused');
    expect(await server.command('PTTL', KEY)).toBeLessThanOrEqual(5_000);
  });

  it.each([
    ['no JSON', ['SET', KEY, '{"half":']],
    ['empty', ['SET', KEY, '']],
    ['of another type', ['RPUSH', KEY, 'x']],
  ] as const)('are unreadable where they are %s, and never overwritten', async (_, [command, ...args]) => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await server.command(command, ...args);
    const before = await server.command('DUMP', KEY);
    let isAsked = false;
    const change = () => {
      isAsked = true;
      return recordOf({ guess: true });
    };
    const operations = [storage.update('one', change), storage.read('one'), storage.read('two')];
    const outcomes = await Promise.allSettled(operations);
    expect(outcomes).toMatchObject([{ reason: UNREADABLE }, { reason: UNREADABLE }, { value: { record: undefined } }]);
    expect(String((outcomes[0] as PromiseRejectedResult).reason.message)).toContain(KEY);
    expect(isAsked).toBe(false);
    expect(await server.command('DUMP', KEY)).toEqual(before);
  });

  it('are given as they are where they are of a newer version: the breaker knows what to make of them', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    await server.command('SET', KEY, '{"schema":99,"kept":[1]}');
    expect((await storage.read('one')).record).toEqual({ schema: 99, kept: [1] });
  });

  it('are told with the time of the server', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    const time = async () => {
      const [seconds, microseconds] = (await server.command('TIME')) as [string, string];
      return Number(seconds) * 1_000 + Number(microseconds) / 1_000;
    };
    const earliest = await time();
    const told = [(await storage.read('one')).now, (await storage.update('one', () => recordOf({}))).now];
    const latest = await time();
    for (const now of told) {
      expect(now).toBeGreaterThanOrEqual(earliest);
      expect(now).toBeLessThanOrEqual(latest);
    }
  });
});
