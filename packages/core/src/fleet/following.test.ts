import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { FaultyStorage } from '../../test/faulty-storage.js';
import { openRecord } from '../../test/fleet-records.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { Settings, type SharedSettings } from '../settings.js';
import type { CircuitStorage } from '../storage/circuit-storage.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import type { FleetHost } from './fleet-host.js';
import { type Follower, Following } from './following.js';
import { View } from './view.js';

let clock: FakeClock;
let view: View;
let polledAt: number[];
let syncIntervalMs: number;
let isUsed: boolean;
let calls: number;
let fellAsleepAt: number[];
let faults: unknown[];
let heard: unknown[];
let isAlone: boolean;
let told: number;

beforeEach(() => {
  clock = new FakeClock(0);
  polledAt = [];
  fellAsleepAt = [];
  faults = [];
  heard = [];
  isAlone = false;
  told = 0;
  syncIntervalMs = 5_000;
  isUsed = true;
  calls = 0;
});

/** Polls are answered at once, unless they are left without an answer. The breaker is used by calls. */
function follow(chance = 0, answers = true, storage: CircuitStorage = new MemoryStorage({ clock })): Following {
  view = new View(
    () => clock.now(),
    () => chance,
  );
  const host = hostOf(storage);
  const poll = () => {
    polledAt.push(clock.time);
    if (answers) following.rest();
  };
  const following: Following = new Following(host, view, followerOf(poll));
  following.use();
  following.rest();
  polledAt = [];
  return following;
}

function followerOf(read: () => void): Follower {
  return {
    get mayAsk() {
      return !isAlone;
    },
    read,
    hear: (...news) => heard.push(...(news.length > 0 ? news : [undefined])),
  };
}

function hostOf(storage: CircuitStorage): FleetHost {
  return {
    name: 'orders',
    get settings() {
      return Settings.of({ storage, clock, syncIntervalMs }) as SharedSettings;
    },
    get callsSoFar() {
      return isUsed ? ++calls : calls;
    },
    fallAsleep: () => fellAsleepAt.push(clock.time),
    report: (error: unknown, source: string) => faults.push({ error, source }),
    deliver: () => told++,
  } as unknown as FleetHost;
}

describe('nothing is followed', () => {
  it('before the first use, which asks at once', () => {
    const storage = new FaultyStorage(clock);
    const following = follow(0, false, storage);
    expect([following.isAsleep, storage.subscribers]).toEqual([false, 1]);
    const unused = new Following(
      hostOf(storage),
      view,
      followerOf(() => polledAt.push(clock.time)),
    );
    unused.rest();
    unused.pace();
    unused.stop();
    expect([storage.subscribers, polledAt]).toEqual([1, []]);
    const used = new Following(
      hostOf(storage),
      view,
      followerOf(() => polledAt.push(clock.time)),
    );
    expect(used.isAsleep).toBe(true);
    used.use();
    used.use();
    expect([used.isAsleep, storage.subscribers, polledAt]).toEqual([false, 2, [0]]);
  });
});

describe('polls', () => {
  it('come one interval after the last answer', () => {
    follow();
    clock.advance(15_000);
    expect(polledAt).toEqual([5_000, 10_000, 15_000]);
  });

  it('come by chance up to a fifth earlier', () => {
    follow(0.5);
    clock.advance(9_000);
    expect(polledAt).toEqual([4_500, 9_000]);
  });

  it('wait for the answer to the last one', () => {
    follow(0, false);
    clock.advance(60_000);
    expect(polledAt).toEqual([5_000]);
  });

  it('begin anew with every answer', () => {
    const following = follow();
    clock.advance(4_999);
    following.rest();
    clock.advance(4_999);
    expect(polledAt).toEqual([]);
    expect(clock.pending).toBe(1);
  });

  it('come at another pace as soon as it changes, and stay where it does not', () => {
    const following = follow();
    clock.advance(3_000);
    following.pace();
    clock.advance(2_000);
    expect(polledAt).toEqual([5_000]);
    syncIntervalMs = 500;
    following.pace();
    clock.advance(500);
    expect(polledAt).toEqual([5_000, 5_500]);
  });

  it('come every 500 ms at least while the circuit is not closed', () => {
    const following = follow();
    view.adopt(openRecord());
    following.pace();
    clock.advance(1_000);
    expect(polledAt).toEqual([500, 1_000]);
  });

  it('stop while there is nobody to ask, whatever changes, and begin with the first answer afterwards', () => {
    const following = follow();
    isAlone = true;
    following.pace();
    following.rest();
    expect(clock.pending).toBe(0);
    isAlone = false;
    following.rest();
    expect(clock.pending).toBe(1);
  });
});

describe('a breaker that is not used', () => {
  it('is polled twice after the poll that finds its last use, and then no more', () => {
    isUsed = false;
    const following = follow();
    clock.advance(60_000);
    expect(polledAt).toEqual([5_000, 10_000, 15_000]);
    expect(fellAsleepAt).toEqual([15_000]);
    expect(following.isAsleep).toBe(true);
    following.pace();
    expect(clock.pending).toBe(0);
  });

  it('is used by rulings and looks, too', () => {
    isUsed = false;
    const following = follow();
    for (let poll = 0; poll < 4; poll++) {
      following.use();
      clock.advance(5_000);
    }
    expect([polledAt.length, following.isAsleep]).toEqual([4, false]);
  });

  it('is used again where a poll between finds so', () => {
    const following = follow();
    for (const used of [false, true, false, true]) {
      isUsed = used;
      clock.advance(5_000);
    }
    expect(polledAt).toHaveLength(4);
    expect(following.isAsleep).toBe(false);
  });

  it('is asked for at once when it is used again, and polled, and forgiven what it was not used', () => {
    isUsed = false;
    const following = follow();
    clock.advance(17_000);
    following.use();
    expect(polledAt).toEqual([5_000, 10_000, 15_000, 17_000]);
    clock.advance(5_000);
    expect(polledAt).toHaveLength(5);
    expect(following.isAsleep).toBe(false);
  });
});

it('nothing is polled after the end, though the breaker is used', () => {
  const following = follow();
  isAlone = true;
  following.stop();
  following.use();
  following.rest();
  following.pace();
  expect(clock.pending).toBe(0);
});

describe('pushes', () => {
  it('are heard from subscription to the end', async () => {
    const storage = new FaultyStorage(clock);
    const following = follow(0, true, storage);
    await storage.put({ some: 'record' });
    await letPromisesRun();
    expect(heard).toEqual([undefined, { some: 'record' }]);
    following.stop();
    await storage.put({ some: 'other' });
    await letPromisesRun();
    expect([heard.length, storage.subscribers, clock.pending]).toEqual([2, 0, 0]);
  });

  it('are not heard while the storage is still being asked', async () => {
    let push: (record: unknown) => void = () => undefined;
    const { read, update } = new FaultyStorage(clock);
    const subscribe: CircuitStorage['subscribe'] = (_name, onPush) => {
      push = onPush;
      return () => undefined;
    };
    follow(0, true, { read, update, subscribe });
    push({ some: 'record' });
    expect(heard).toEqual([]);
    await letPromisesRun();
    expect(heard).toEqual([{ some: 'record' }]);
  });

  it('that cannot be taken in are told of, and do the storage no harm', async () => {
    const storage = new FaultyStorage(clock);
    follow(0, true, storage);
    await letPromisesRun();
    const fault = new Error('the clock is broken');
    heard.push = () => {
      throw fault;
    };
    await storage.put({ some: 'record' });
    await letPromisesRun();
    expect(faults).toEqual([{ error: fault, source: 'storage' }]);
    expect(told).toBe(1);
  });

  it('are done without where the storage has none', () => {
    const { read, update } = new FaultyStorage(clock);
    const following = follow(0, true, { read, update });
    expect(() => following.stop()).not.toThrow();
  });

  it.each([
    ['no function', () => 5],
    ['a promise', () => Promise.reject(new Error('unseen'))],
  ])('are followed for ever where the storage gives %s to end them', (_, end) => {
    const { read, update } = new FaultyStorage(clock);
    const following = follow(0, true, { read, update, subscribe: end as never });
    expect(() => following.stop()).not.toThrow();
  });

  it('are unsubscribed from once', () => {
    const storage = new FaultyStorage(clock);
    const following = follow(0, true, storage);
    following.stop();
    following.stop();
    expect(storage.subscribers).toBe(0);
  });

  it.each(['subscribe', 'unsubscribe'])('whose storage throws at %s end nothing: it is told', (at) => {
    const { read, update } = new FaultyStorage(clock);
    const fault = () => {
      throw new Error('no pushes');
    };
    const following = follow(0, true, { read, update, subscribe: at === 'subscribe' ? fault : () => fault });
    following.stop();
    expect(faults).toEqual([{ error: new Error('no pushes'), source: 'storage' }]);
  });
});
