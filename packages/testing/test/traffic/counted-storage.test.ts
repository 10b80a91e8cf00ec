import type { CircuitRecord } from '@breaker/core';
import { expect, it } from 'vitest';
import { FakeClock, FakeStorage } from '../../src/index.js';
import { changeBytes, pushBytes, readBytes } from './bytes-on-redis.js';
import { CountedStorage, NO_TRAFFIC } from './counted-storage.js';

const RECORD: CircuitRecord = { keepUntilAt: 1_000 };

function setUp() {
  const fake = new FakeStorage({ clock: new FakeClock() });
  const traffic = { ...NO_TRAFFIC };
  return { fake, traffic, storage: new CountedStorage(fake, traffic) };
}

it('counts reads, with what they answer', async () => {
  const { storage, traffic } = setUp();
  expect((await storage.read('payments')).record).toBeUndefined();
  expect(traffic).toEqual({ ...NO_TRAFFIC, reads: 1, bytes: readBytes(undefined) });
});

it('counts a change that declines, and one that writes', async () => {
  const { storage, traffic, fake } = setUp();
  await storage.update('payments', () => undefined);
  expect(traffic).toEqual({ ...NO_TRAFFIC, changes: 1, bytes: changeBytes(undefined, undefined) });
  await storage.update('payments', () => RECORD);
  expect(traffic).toMatchObject({ changes: 2, execs: 1 });
  expect(fake.record('payments')).toEqual(RECORD);
});

it('counts each attempt of a change that loses races', async () => {
  const { storage, traffic, fake } = setUp();
  fake.conflict(2);
  await storage.update('payments', () => RECORD);
  const bytes = 3 * changeBytes(undefined, RECORD);
  expect(traffic).toEqual({ ...NO_TRAFFIC, changes: 3, execs: 3, bytes });
});

it('counts the records that are pushed, and no word that one should read', async () => {
  const { storage, traffic, fake } = setUp();
  const news: unknown[][] = [];
  const unsubscribe = storage.subscribe('payments', (...each) => news.push(each));
  await fake.link().update('payments', () => RECORD);
  await Promise.resolve();
  unsubscribe();
  await fake.link().update('payments', () => ({ keepUntilAt: 2_000 }));
  await Promise.resolve();
  expect(news).toEqual([[], [RECORD]]);
  expect(traffic).toEqual({ ...NO_TRAFFIC, bytes: pushBytes(RECORD) });
});
