import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'vitest';
import { ROOT } from './repository.js';

const require = createRequire(import.meta.url);
const JEST = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');

/** Runs a program of Node in the folder, as its own. What vitest tests there, it tests together with all else. */
async function runThere(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: join(ROOT, 'examples/testing-an-application'),
    env: { ...env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  return { code, output: output.join('') };
}

describe.concurrent.each([
  ['Jest', ['--experimental-vm-modules', JEST], /^Tests: +2 passed, 2 total$/m],
  ['node:test', ['--import', 'tsx', '--test', '--test-reporter=tap', 'in-node-test.test.ts'], /^# pass 2\n# fail 0$/m],
] as const)('%s', (_, args, summary) => {
  it('runs the tests of an application', async ({ expect }) => {
    const { code, output } = await runThere(...args);
    expect(output).toMatch(summary);
    expect(code).toBe(0);
  });
});
