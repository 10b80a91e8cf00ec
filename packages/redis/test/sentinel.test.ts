import { freePort, Network, type SentinelsForTests, startSentinels, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import * as ioredis from 'ioredis';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { RedisStorage } from '../src/index.js';
import { type ClientOptions, sentinelClientOf } from './clients.js';
import { Follower } from './follower.js';
import { countOf, increment } from './records.js';
import { userOfReadme } from './user-of-readme.js';

describeOnRedis('Sentinel', () => {
  const endings: (() => unknown)[] = [];

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  async function trio(): Promise<SentinelsForTests> {
    const sentinels = await startSentinels();
    endings.push(() => sentinels.stop());
    return sentinels;
  }

  function storageOn(sentinels: SentinelsForTests, options: ClientOptions = {}): RedisStorage {
    const client = sentinelClientOf(ioredis, sentinels, options);
    const storage = new RedisStorage(client, { namespace: 'tests' });
    endings.push(
      () => client.disconnect(),
      () => storage.close(),
    );
    return storage;
  }

  async function untilItWorks(storage: RedisStorage): Promise<void> {
    await until('an update succeeds', async () => (await storage.update('one', increment)).now > 0);
  }

  it('is followed when a master that was frozen under traffic wakes as another one has taken its place', async () => {
    const sentinels = await trio();
    const [storage, other] = [storageOn(sentinels), storageOn(sentinels)];
    const [first] = sentinels.sentinels;
    first?.freeze();
    await untilItWorks(storage); // a Sentinel that hangs is passed over
    first?.thaw();
    const follower = new Follower(other, 'one');
    await follower.untilToldToRead();
    const master = await sentinels.master();
    const { toldToRead } = follower;
    master.freeze();
    await until('another one is the master', async () => (await sentinels.master()) !== master);
    // A master that wakes believes for some seconds that it still is one: who has not noticed that it slept believes it, too.
    for (const each of [storage, other]) await untilItWorks(each);
    await follower.untilToldToRead(toldToRead + 1);
    master.thaw();
    await checkFleet(storage, other, follower);
  });

  it('is not believed where it takes a replica for the master', async () => {
    const { name, sentinels, servers } = await trio();
    const [master, replica] = servers.map(({ port }) => String(port)) as [string, string];
    const liar = await Network.start(sentinels[0]?.port ?? 0);
    endings.push(() => liar.stop());
    liar.onReply = (text) => ({ text: text.replaceAll(master, replica) }); // they are of the same length
    const options = { name, sentinels: [{ port: liar.port }], updateSentinels: false, lazyConnect: true };
    const storage = new RedisStorage(new Redis(options), { namespace: 'tests' });
    endings.push(() => storage.close());
    await expect(storage.read('one')).rejects.toMatchObject({ reason: 'unavailable' });
  });

  it('that cannot be reached is told of in time', async () => {
    const nobody = { name: 'shared', sentinels: [await freePort(), await freePort()].map((port) => ({ port })) };
    const storage = new RedisStorage(new Redis({ ...nobody, lazyConnect: true }), { namespace: 'tests' });
    endings.push(() => storage.close());
    const outcome = storage.update('one', increment);
    await expect(outcome).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
  });

  it('is followed when the master is killed under traffic', async () => {
    const sentinels = await trio();
    const [login = {}] = await Promise.all(sentinels.servers.map((server) => userOfReadme(server, '+info')));
    const [storage, other] = [
      storageOn(sentinels, { ...login, role: 'slave', lazyConnect: true }),
      storageOn(sentinels),
    ];
    await untilItWorks(storage);
    const follower = new Follower(other, 'one');
    await follower.untilToldToRead();
    await (await sentinels.master()).kill();
    await expect(storage.update('one', increment)).rejects.toMatchObject({ reason: 'unavailable' });
    await untilItWorks(storage);
    await checkFleet(storage, other, follower);
  });
});

/** All see the same record, and hear of its changes. */
async function checkFleet(storage: RedisStorage, other: RedisStorage, follower: Follower): Promise<void> {
  const before = countOf((await storage.read('one')).record);
  await until('the other one sees the same', async () => countOf((await other.read('one')).record) === before);
  await Promise.all([storage, other].map((each) => each.update('one', increment)));
  expect((await other.read('one')).record).toEqual({ count: before + 2 });
  await until('pushes arrive again', async () => {
    const told = follower.records.length;
    await storage.update('one', increment);
    return follower.records.length > told;
  });
}
