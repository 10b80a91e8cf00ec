import type { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { Connection } from './connection.js';

it('takes commands that ioredis itself has given up for a loss, and no refusal', async () => {
  const nothing = () => undefined;
  const givenUp = [[new Error('Connection is closed.'), undefined]];
  const redis = {
    status: 'ready',
    stream: { writable: true, ref: nothing, unref: nothing, destroy: nothing },
    on: nothing,
    connect: async () => undefined,
    disconnect: nothing,
    pipeline: () => ({ exec: async () => givenUp }),
  };
  const connection = await Connection.open(redis as unknown as Redis, 1_000);
  await expect(connection.exchange([['ping']])).rejects.toMatchObject({ kind: 'lost', mayHaveBeenApplied: false });
  expect(connection.isOpen).toBe(false);
});
