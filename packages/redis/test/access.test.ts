import { Network, type ServerForTests, startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { Follower } from './follower.js';
import { increment } from './records.js';
import { setUp } from './setting.js';
import { sharedByAll } from './shared-by-all.js';
import { userOfReadme } from './user-of-readme.js';

describeOnRedis('A server that is guarded', () => {
  const setting = setUp();
  const guarded = sharedByAll(() => startServer({ requirepass: 'secret' }));
  const network = sharedByAll(async () => Network.start((await guarded()).port));

  it.each([
    ['a password', async () => ({ password: 'secret' })],
    ['the user of the README', async () => userOfReadme(await guarded())],
    [
      'the user of the README, by RESP2',
      async () => ({ ...(await userOfReadme(await guarded())), protocol: 2 as const }),
    ],
  ])('works with %s', async (_, login) => {
    const client = await setting.client(await network(), { ...(await login()), db: 1, lazyConnect: true });
    const storage = setting.storage(client);
    const [one, two] = ['one', 'two'].map((name) => new Follower(storage, name));
    for (const each of [one, two]) await each?.untilToldToRead();
    await storage.update('one', increment);
    await storage.update('one', () => undefined);
    await one?.untilTold(1);
    two?.end();
    const { requests } = await network();
    requests.length = 0;
    const pings = () => requests.filter((request) => request.includes('ping')).length;
    await until('both links were asked whether they stand', () => pings() >= 2);
    expect((await storage.read('one')).record).toMatchObject({ count: expect.any(Number) });
    expect(one?.toldToRead).toBe(1);
    expect(await denials(await guarded())).toEqual([]);
  });
});

/** What users were refused. That ioredis may not tell its name is no loss. */
async function denials(server: ServerForTests): Promise<unknown[]> {
  const log = (await server.command('ACL', 'LOG')) as unknown[][];
  const objects = log.map((entry) => String(entry[entry.indexOf('object') + 1]));
  return objects.filter((object) => !object.startsWith('client'));
}
