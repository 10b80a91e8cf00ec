import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Command, Connection, Reply } from './connection/connection.js';
import type { Link } from './connection/link.js';
import { type Deferred, deferred } from './deferred.js';
import { keysOf } from './keys.js';
import { nextTurn } from './next-turn.js';
import { Setback } from './setback.js';
import { Transactions } from './transactions.js';

const TIMEOUT_MS = 100;
const WRITER = { keys: keysOf('tests', '', 0), idleTtlMs: 1_000 };
const change = vi.fn(() => ({}));

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  change.mockClear();
});

/** Lets all happen that is due. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
}

it('gives each its whole time once those before it have come through', async () => {
  const looks: (() => void)[] = [];
  const exchange = (commands: readonly Command[]) =>
    new Promise<readonly Reply[]>((resolve) => {
      looks.push(() => resolve(commands.map(([name]) => [null, name === 'time' ? ['1', '0'] : null])));
    });
  const connection = { exchange, commit: async () => true, isAsking: false } as Partial<Connection> as Connection;
  const link = { get: async () => connection } as Partial<Link> as Link;
  const transactions = new Transactions(link, WRITER, TIMEOUT_MS);
  const updates = ['one', 'two', 'three'].map(async (name, index) => {
    for (let turn = 0; turn < index; turn++) await settle(); // too late for the group before
    return transactions.update(name, change);
  });
  for (let group = 0; group < 2; group++) {
    for (let turn = 0; turn < 3; turn++) await settle();
    await vi.advanceTimersByTimeAsync(TIMEOUT_MS - 1);
    looks[group]?.();
  }
  expect(await Promise.all(updates)).toEqual(Array(3).fill({ record: {}, now: 1_000 }));
  expect(looks).toHaveLength(2);
});

it('begins nothing for updates that were given up while they waited', async () => {
  const connecting: Deferred<Connection>[] = [];
  const get = () => {
    const one = deferred<Connection>();
    connecting.push(one);
    return one.promise;
  };
  const transactions = new Transactions({ get } as Partial<Link> as Link, WRITER, TIMEOUT_MS);
  const first = transactions.update('one', change);
  await settle();
  const second = transactions.update('two', change);
  const outcomes = Promise.allSettled([first, second]);
  await vi.advanceTimersByTimeAsync(TIMEOUT_MS + 1);
  const timedOut = { reason: { reason: 'timeout', mayHaveBeenApplied: false } };
  expect(await outcomes).toMatchObject([timedOut, timedOut]);
  const setback = new Setback('lost', { cause: new Error('gone') });
  connecting[0]?.reject(setback);
  await settle();
  expect(connecting).toHaveLength(1);

  const third = transactions.update('three', change);
  for (let attempt = 1; attempt <= 3; attempt++) {
    await settle();
    connecting[attempt]?.reject(setback);
  }
  await expect(third).rejects.toMatchObject({ reason: 'unavailable', mayHaveBeenApplied: false });
  expect(change).not.toHaveBeenCalled();
});
