import type { CircuitRecord, RecordChange } from '@breaker/core';
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
  expect(traffic).toEqual({ ...NO_TRAFFIC, changes: 3, execs: 3, lost: 2, bytes });
});

it('counts the race of a change that had nothing to write when it was asked again', async () => {
  const { storage, traffic, fake } = setUp();
  fake.conflict(1);
  let asked = 0;
  await storage.update('payments', () => (asked++ === 0 ? RECORD : undefined));
  expect(traffic).toMatchObject({ changes: 2, execs: 1, lost: 1 });
});

it('counts the last race of a change that has lost them all', async () => {
  const { fake, traffic } = setUp();
  const conflict = new Error('conflict');
  const lose = async (_: string, change: RecordChange): Promise<never> => {
    change(undefined, 0);
    throw conflict;
  };
  const storage = new CountedStorage({ read: fake.read, update: lose }, traffic);
  await expect(storage.update('payments', () => RECORD)).rejects.toBe(conflict);
  await expect(storage.update('payments', () => undefined)).rejects.toBe(conflict);
  expect(traffic).toMatchObject({ changes: 2, execs: 1, lost: 1 });
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
