import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { countOf, increment, recordOf } from './records.js';
import { setUp } from './setting.js';

const KEY = 'breaker:{tests}:one';

describeOnRedis('Races', () => {
  const setting = setUp();

  it('asks a change again that has lost a race', async () => {
    const server = await setting.server();
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network));
    let rivals = 3;
    network.onRequest = async (request) => {
      if (request.includes('multi') && rivals-- > 0) {
        await server.command('SET', KEY, JSON.stringify({ count: 10 * (3 - rivals) }));
      }
    };
    const asked: number[] = [];
    const { record } = await storage.update('one', (stored) => {
      asked.push(countOf(stored));
      return increment(stored, 0);
    });
    expect(asked).toEqual([0, 10, 20, 30]);
    expect(record).toEqual({ count: 31 });
  });

  it('puts the whole group back before what came later, and loses nothing of it', async () => {
    const server = await setting.server();
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network));
    const later: Promise<unknown>[] = [];
    network.onRequest = async (request) => {
      if (request.includes('multi') && later.length === 0) {
        await server.command('SET', KEY, JSON.stringify({ count: 5 }));
        later.push(storage.update('one', (record) => recordOf({ count: 100 * countOf(record) })));
      }
    };
    await Promise.all(['one', 'two'].map((name) => storage.update(name, increment)));
    await Promise.all(later);
    expect((await storage.read('one')).record).toEqual({ count: 600 });
    expect((await storage.read('two')).record).toEqual({ count: 1 });
  });

  it('gives up in time where others always win, and says that nothing was applied', async () => {
    const server = await setting.server();
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network), { timeoutMs: 400 });
    let rivals = 0;
    network.onRequest = async (request) => {
      if (request.includes('multi')) await server.command('SET', KEY, JSON.stringify({ rival: rivals++ }));
    };
    const outcome = storage.update('one', () => recordOf({ mine: true }));
    await expect(outcome).rejects.toMatchObject({ reason: 'conflict', mayHaveBeenApplied: false });
    expect((await storage.read('one')).record).toEqual({ rival: rivals - 1 });
    expect(rivals).toBeGreaterThan(2);
  });

  it('loses no update of 100 names that four processes change at once', async () => {
    const storages = [];
    for (let process = 0; process < 4; process++)
      storages.push(setting.storage(await setting.client(), { timeoutMs: 4_000 }));
    const names = Array.from({ length: 100 }, (_, index) => `name-${index}`);
    await Promise.all(storages.flatMap((storage) => names.map((name) => storage.update(name, increment))));
    const [reader] = storages;
    for (const name of names) expect((await reader?.read(name))?.record).toEqual({ count: 4 });
  });

  it('is not confused by what else is asked of the storage meanwhile', async () => {
    const storage = setting.storage(await setting.client());
    const all = Array.from({ length: 50 }, async (_, index) => {
      await storage.read('one');
      await storage.update(index % 2 === 0 ? 'one' : 'two', index % 5 === 4 ? () => undefined : increment);
      await storage.read('two');
    });
    await Promise.all(all);
    const counts = await Promise.all(['one', 'two'].map(async (name) => countOf((await storage.read(name)).record)));
    expect(counts).toEqual([20, 20]);
  });
});
