import { expect, it, vi } from 'vitest';
import type { Connection } from './connection/connection.js';
import type { Link } from './connection/link.js';
import { deferred } from './deferred.js';
import { keysOf } from './keys.js';
import { nextTurn } from './next-turn.js';
import { Setback } from './setback.js';
import { Transactions } from './transactions.js';

it('begins nothing for updates that were given up while they waited', async () => {
  const connecting = deferred<Connection>();
  const get = vi.fn(() => connecting.promise);
  const writer = { keys: keysOf('tests', '', 0), idleTtlMs: 1_000 };
  const transactions = new Transactions({ get } as Partial<Link> as Link, writer, 20);
  const change = vi.fn(() => undefined);
  const first = transactions.update('one', change);
  await vi.waitUntil(() => get.mock.calls.length > 0);
  const outcomes = await Promise.allSettled([first, transactions.update('two', change)]);
  const timedOut = { reason: { reason: 'timeout', mayHaveBeenApplied: false } };
  expect(outcomes).toMatchObject([timedOut, timedOut]);
  connecting.reject(new Setback('lost', { cause: new Error('gone') }));
  for (let turn = 0; turn < 3; turn++) await nextTurn(); // nothing is left to do
  await expect(transactions.update('three', change)).rejects.toMatchObject({ reason: 'unavailable' });
  expect(change).not.toHaveBeenCalled();
});
