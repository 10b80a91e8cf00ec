import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { freePort } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { program } from './program.js';
import { setUp } from './setting.js';

const run = promisify(execFile);
const { path, nodeArguments, folder } = program('idle.ts');

/** Runs it to its end: a process that is kept alive is killed, and that is an error. */
async function runToItsEnd(port: number, ...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await run(process.execPath, [...nodeArguments, path, String(port), ...args], {
    cwd: folder,
    timeout: 10_000,
  });
  expect(stderr).toBe('');
  return stdout.trim();
}

describeOnRedis('A process', () => {
  const setting = setUp();

  it('ends by itself while its storage is idle, or is closed', async () => {
    const { port } = await setting.server();
    await expect(runToItsEnd(port)).resolves.toBe('applied');
    await expect(runToItsEnd(port, 'close')).resolves.toBe('applied');
    const network = await setting.network();
    await expect(runToItsEnd(network.port, 'follow')).resolves.toBe('followed');
    expect(network.requests.join('')).not.toContain('ping'); // at once, that is
  });

  it('ends by itself while there is no server, and nothing is left unhandled', async () => {
    await expect(runToItsEnd(await freePort())).resolves.toBe('unavailable');
  });

  it('ends by itself while the server is frozen', async () => {
    const server = await setting.server();
    server.freeze();
    try {
      await expect(runToItsEnd(server.port)).resolves.toBe('timeout');
      await expect(runToItsEnd(server.port, 'close')).resolves.toBe('timeout');
    } finally {
      server.thaw();
    }
  });
});
