import { freePort, type Network, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { Follower } from './follower.js';
import { recordOf } from './records.js';
import { setUp } from './setting.js';

describeOnRedis('Those who follow', () => {
  const setting = setUp();

  async function far() {
    const network = await setting.network();
    return { network, storage: setting.storage(await setting.client(network, { lazyConnect: true })) };
  }

  it('may go while the connection is made: it ends with the last of them', async () => {
    const { network, storage } = await far();
    const gate = hold(network, '');
    const follower = new Follower(storage, 'one');
    await gate.reached();
    follower.end();
    gate.open();
    await until('only the link for reads is left', () => network.connections === 1);
    const next = new Follower(storage, 'one');
    await next.untilToldToRead();
    expect(follower.toldToRead).toBe(0);
  });

  it('may go, and others come, while their channel is joined', async () => {
    const { network, storage } = await far();
    const gate = hold(network, '\r\nsubscribe\r\n');
    const [one, two] = ['one', 'two'].map((name) => new Follower(storage, name));
    await gate.reached();
    two?.end();
    const three = new Follower(storage, 'three');
    gate.open();
    for (const each of [one, three]) await each?.untilToldToRead();
    await until('the channel is left', () => /unsubscribe.*two@0/s.test(network.requests.join('')));
    expect(two?.toldToRead).toBe(0);
    await storage.update('three', () => recordOf({ pushed: true }));
    await three.untilTold(1);
  });

  it('hear nothing that arrives after they have gone', async () => {
    const { network, storage } = await far();
    const server = await setting.server();
    const [one, two] = ['one', 'two'].map((name) => new Follower(storage, name));
    for (const each of [one, two]) await each?.untilToldToRead();
    const gate = hold(network, 'unsubscribe');
    one?.end();
    await gate.reached();
    for (const name of ['one', 'two']) await server.command('PUBLISH', `breaker:{tests}:${name}@0`, '{"late":true}');
    await two?.untilTold(1);
    gate.open();
    expect(one?.records).toEqual([]);
  });

  it('hear nothing once another one who was told first has sent them away', async () => {
    const { storage } = await far();
    const heard: string[] = [];
    let endSecond = () => {};
    let isToldToRead = false;
    storage.subscribe('one', (...news) => {
      isToldToRead = true;
      if (news.length === 0) return;
      heard.push('first');
      endSecond();
    });
    endSecond = storage.subscribe('one', (...news) => news.length > 0 && heard.push('second'));
    const third = new Follower(storage, 'one');
    await third.untilToldToRead();
    expect(isToldToRead).toBe(true);
    await storage.update('one', () => recordOf({}));
    await third.untilTold(1);
    expect(heard).toEqual(['first']);
  });

  it('are told to read where they may not subscribe, and are not kept waiting by those who may not', async () => {
    const server = await setting.server();
    const rules = 'on >pass ~* resetchannels &breaker:{tests}:one@0 +@all';
    await server.command('ACL', 'SETUSER', 'deaf', ...rules.split(' '));
    const network = await setting.network();
    const client = await setting.client(network, { username: 'deaf', password: 'pass', lazyConnect: true });
    const storage = setting.storage(client);
    const alone = new Follower(storage, 'two');
    await alone.untilToldToRead(2);
    await until('only the link for reads is left', () => network.connections === 1);
    alone.end();
    const permitted = new Follower(storage, 'one');
    await permitted.untilToldToRead();
    const refused = new Follower(storage, 'two');
    await refused.untilToldToRead();
    await permitted.untilToldToRead(2);
  });

  it('may come back after a connection that nobody waits for has failed', async () => {
    const storage = setting.storage(await setting.client({ port: await freePort() }, { lazyConnect: true }));
    new Follower(storage, 'one').end();
    await expect(storage.read('one')).rejects.toMatchObject({ reason: 'unavailable' });
    const follower = new Follower(storage, 'one');
    await follower.untilToldToRead(2);
  });
});

/** Holds back the first requests with some text until it is opened. */
function hold(network: Network, text: string) {
  let open = () => {};
  const isOpen = new Promise<undefined>((resolve) => {
    open = () => resolve(undefined);
  });
  let isReached = false;
  network.onRequest = (request) => {
    if (!request.includes(text)) return undefined;
    isReached = true;
    return isOpen;
  };
  return { open, reached: () => until(`${text} is on its way`, () => isReached) };
}
