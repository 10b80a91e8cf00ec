import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type ServerForTests, startServer } from '@breaker/redis-server-for-tests';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from './run.js';

const SCRIPT = 'operations-script.ts';
const PATIENCE = { timeout: 15_000 };

describe.skipIf(process.env.WITHOUT_REDIS === '1')('the script, on a server', () => {
  const circuit = `payments-${randomUUID()}`;
  const shop: { readonly child: ChildProcess; readonly states: string[] }[] = [];
  let server: ServerForTests | undefined;
  let url = process.env.REDIS_URL;

  beforeAll(async () => {
    if (url === undefined) {
      server = await startServer();
      url = `redis://127.0.0.1:${server.port}`;
    }
    for (let number = 1; number <= 2; number++) {
      const path = fileURLToPath(new URL('shop-process.ts', import.meta.url));
      const child = fork(path, [url, circuit], { execArgv: ['--import', 'tsx'] });
      const states: string[] = [];
      child.on('message', (state: string) => states.push(state));
      shop.push({ child, states });
    }
  }, 60_000);

  afterAll(async () => {
    for (const { child } of shop) child.kill();
    await server?.stop();
  });

  const statesInShop = () => shop.map(({ states }) => [...states]);
  const rule = (command: string) => run(SCRIPT, { options: [command, circuit], env: { REDIS_URL: url ?? '' } });

  it('isolates the circuit of every process, and closes it', async () => {
    const stdout = (state: string) => `${circuit} is ${state}: all processes follow\n`;
    await expect.poll(statesInShop, PATIENCE).toEqual([1, 2].map(() => ['closed']));

    expect(await rule('isolate')).toEqual({ code: 0, stdout: stdout('isolated'), stderr: '' });
    await expect.poll(statesInShop, PATIENCE).toEqual([1, 2].map(() => ['closed', 'isolated']));

    expect(await rule('close')).toEqual({ code: 0, stdout: stdout('closed'), stderr: '' });
    await expect.poll(statesInShop, PATIENCE).toEqual([1, 2].map(() => ['closed', 'isolated', 'closed']));
  }, 60_000);
});

it('says that nothing is done where there is no server', async () => {
  const { code, stdout } = await run(SCRIPT, {
    options: ['isolate', 'payments'],
    env: { REDIS_URL: 'redis://127.0.0.1:1' },
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: 'Circuit "payments": its storage is unavailable (not done)\n' });
});

it.each([[[]], [['isolate']], [['trip', 'payments']]])('explains itself when it is called with %j', async (options) => {
  const { code, stdout } = await run(SCRIPT, { options });
  expect({ code, stdout }).toEqual({ code: 2, stdout: 'Usage: operations-script isolate|close <circuit>\n' });
});
