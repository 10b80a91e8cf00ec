import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ROOT } from './repository.js';

type Running = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a TypeScript file of the examples as a process of its own, without a terminal. */
export function start(file: string, ...options: string[]): Running {
  return spawn(process.execPath, ['--import', 'tsx', `examples/${file}`, ...options], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
export async function run(
  file: string,
  ...options: string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(file, ...options);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
