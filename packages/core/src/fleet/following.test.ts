import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { FaultyStorage } from '../../test/faulty-storage.js';
import { letPromisesRun } from '../../test/let-promises-run.js';
import { Following } from './following.js';

let clock: FakeClock;
let polledAt: number[];
let intervalMs: number;
let isUsed: boolean;
let fellAsleepAt: number[];

beforeEach(() => {
  clock = new FakeClock(0);
  polledAt = [];
  fellAsleepAt = [];
  intervalMs = 5_000;
  isUsed = true;
});

/** Polls are answered at once, unless they are left without an answer. */
function follow(chance = 0, answers = true): Following {
  const following = new Following(clock, () => chance, {
    intervalMs: () => intervalMs,
    isUsed: () => isUsed,
    poll: () => {
      polledAt.push(clock.time);
      if (answers) following.rest();
    },
    fallAsleep: () => fellAsleepAt.push(clock.time),
  });
  following.rest();
  return following;
}

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
    intervalMs = 500;
    following.pace();
    clock.advance(500);
    expect(polledAt).toEqual([5_000, 5_500]);
  });

  it('stop while they are paused, whatever changes, and begin with the first answer afterwards', () => {
    const following = follow();
    following.pause();
    following.pace();
    following.rest();
    expect(clock.pending).toBe(0);
    following.resume();
    following.rest();
    expect(clock.pending).toBe(1);
  });
});

describe('a breaker that is not used', () => {
  it('is polled twice more, and then no more', () => {
    isUsed = false;
    const following = follow();
    clock.advance(60_000);
    expect(polledAt).toEqual([5_000, 10_000]);
    expect(fellAsleepAt).toEqual([10_000]);
    expect(following.isAsleep).toBe(true);
    following.pace();
    expect(clock.pending).toBe(0);
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

  it('is polled again, and forgiven what it was not used, once it is woken', () => {
    isUsed = false;
    const following = follow();
    clock.advance(10_000);
    following.wake();
    following.rest();
    clock.advance(5_000);
    expect(polledAt).toHaveLength(3);
    expect(following.isAsleep).toBe(false);
  });
});

it('nothing is polled after the end, though the breaker is used', () => {
  const following = follow();
  following.stop();
  following.wake();
  following.rest();
  following.pace();
  expect(clock.pending).toBe(0);
});

describe('pushes', () => {
  it('are heard from subscription to the end', async () => {
    const storage = new FaultyStorage(clock);
    const heard: unknown[] = [];
    const following = follow();
    following.subscribe(storage, 'orders', (record) => heard.push(record));
    await storage.put({ some: 'record' });
    await letPromisesRun();
    expect(heard).toEqual([undefined, { some: 'record' }]);
    following.stop();
    await storage.put({ some: 'other' });
    await letPromisesRun();
    expect([heard.length, storage.subscribers, clock.pending]).toEqual([2, 0, 0]);
  });

  it('are done without where the storage has none', () => {
    const following = follow();
    const { read, update } = new FaultyStorage(clock);
    following.subscribe({ read, update }, 'orders', () => undefined);
    expect(() => following.stop()).not.toThrow();
  });

  it.each([
    ['no function', () => 5],
    ['a promise', () => Promise.reject(new Error('unseen'))],
  ])('are followed for ever where the storage gives %s to end them', (_, end) => {
    const following = follow();
    const { read, update } = new FaultyStorage(clock);
    following.subscribe({ read, update, subscribe: end as never }, 'orders', () => undefined);
    expect(() => following.stop()).not.toThrow();
  });

  it('are unsubscribed from once', () => {
    const storage = new FaultyStorage(clock);
    const following = follow();
    following.subscribe(storage, 'orders', () => undefined);
    following.stop();
    following.stop();
    expect(storage.subscribers).toBe(0);
  });
});
