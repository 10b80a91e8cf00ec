import { startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { Follower } from './follower.js';
import { increment, recordOf } from './records.js';
import { setUp } from './setting.js';
import { sharedByAll } from './shared-by-all.js';

describeOnRedis('Pushes', () => {
  const setting = setUp();
  const guarded = sharedByAll(() => startServer());

  it('reach others before the writer has its answer', async () => {
    const network = await setting.network();
    const writer = setting.storage(await setting.client(network));
    const follower = new Follower(setting.storage(await setting.client()), 'one');
    await follower.untilToldToRead();
    let answered = false;
    network.onReply = async () => {
      if (network.requests.at(-1)?.includes('exec')) await follower.untilTold(1);
      return undefined;
    };
    await writer.update('one', increment).then(() => {
      answered = true;
    });
    expect(answered).toBe(true);
    expect(follower.records).toEqual([{ count: 1 }]);
  });

  it('tell to read where what was published is no record', async () => {
    const server = await setting.server();
    const follower = new Follower(setting.storage(await setting.client()), 'one');
    await follower.untilToldToRead();
    await server.command('PUBLISH', 'breaker:{tests}:one@0', '{"half":');
    await follower.untilToldToRead(2);
    expect(follower.records).toEqual([]);
  });

  it('tell to read again when the connection was killed, and go on', async () => {
    const server = await setting.server();
    const storage = setting.storage(await setting.client());
    const followers = ['one', 'two'].map((name) => new Follower(storage, name));
    for (const follower of followers) await follower.untilToldToRead();
    // By RESP3, a connection that subscribes is a normal one for Redis.
    await server.command('CLIENT', 'KILL', 'TYPE', 'pubsub', 'SKIPME', 'yes');
    await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    for (const follower of followers) await follower.untilToldToRead(2);
    await storage.update('two', increment);
    await followers[1]?.untilTold(1);
  });

  it('join those who subscribe later, also to a name that is followed already', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    const first = new Follower(storage, 'one');
    await first.untilToldToRead();
    const others = ['one', 'two', 'three'].map((name) => new Follower(storage, name));
    const gone = new Follower(storage, 'four');
    gone.end();
    for (const follower of others) await follower.untilToldToRead();
    const joins = network.requests.filter((request) => request.includes('\r\nsubscribe\r\n'));
    expect(joins).toHaveLength(2);
    expect(joins.join('')).not.toContain('four');
    expect(first.toldToRead).toBe(1);
    expect(gone.toldToRead).toBe(0);
  });

  it('end with the last one who follows a name, and with the last of all the connection ends', async () => {
    const server = await setting.server();
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    const [one, same, two] = ['one', 'one', 'two'].map((name) => new Follower(storage, name));
    for (const follower of [one, same, two]) await follower?.untilToldToRead();
    const channels = async () => ((await server.command('PUBSUB', 'CHANNELS', '*')) as string[]).sort();
    one?.end();
    one?.end();
    await storage.update('one', increment);
    await same?.untilTold(1);
    expect(await channels()).toEqual(['breaker:{tests}:one@0', 'breaker:{tests}:two@0']);
    same?.end();
    await until('the channel is left', async () => (await channels()).length === 1);
    two?.end();
    await until('the connection has ended', () => network.connections === 1);
    const again = new Follower(storage, 'one');
    await again.untilToldToRead();
    expect(one?.records).toEqual([]);
  });

  it('that are down tell to read about once a second, and again when they are up', async () => {
    const server = await guarded();
    const storage = setting.storage(await setting.client(server));
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    await server.kill();
    const downAt = performance.now();
    await follower.untilToldToRead(4);
    const perSecond = 3_000 / (performance.now() - downAt);
    expect(perSecond).toBeGreaterThan(0.5);
    expect(perSecond).toBeLessThan(2);
    await server.restart();
    const told = follower.toldToRead;
    await follower.untilToldToRead(told + 1);
    await until('a push arrives', async () => {
      await storage.update('one', (_, now) => recordOf({ now }));
      return follower.records.length > 0;
    });
  });

  it('tell to read first where there is no server from the beginning', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    await network.stop();
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    follower.end();
  });

  it('over a link that has fallen silent count as down within five seconds', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network), { timeoutMs: 10_000 });
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    network.fallSilent();
    const silentAt = performance.now();
    await follower.untilToldToRead(2);
    expect(performance.now() - silentAt).toBeLessThan(5_000);
    network.cut();
    await storage.update('one', increment);
  });

  it('cost an idle process no more than a question now and then', async () => {
    const network = await setting.network();
    const storage = setting.storage(await setting.client(network, { lazyConnect: true }));
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead();
    await storage.read('one');
    network.requests.length = 0;
    const pings = () => network.requests.filter((request) => request.includes('ping')).length;
    const askedAt: number[] = [];
    network.onRequest = () => void askedAt.push(performance.now());
    await until('it asks on both links', () => pings() >= 2);
    expect(network.requests).toHaveLength(pings());
    const [first = 0, second = 0] = askedAt;
    expect(second - first).toBeLessThan(1_000); // at the same time, that is
  });
});
