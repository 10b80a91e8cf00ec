import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ROOT, repository } from './repository.js';

type Running = ChildProcessByStdio<null, Readable, Readable>;

interface Setting {
  readonly options?: readonly string[];
  /** What is to be other than here; `undefined`: not there. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts a TypeScript file of the examples as a process of its own, without a terminal, by the tsconfig.json beside it. */
export function start(file: string, { options = [], env = {} }: Setting = {}): Running {
  const path = `examples/${file}`;
  const tsconfig = `${dirname(path)}/tsconfig.json`;
  const own = repository.exists(tsconfig) ? { TSX_TSCONFIG_PATH: tsconfig } : {};
  return spawn(process.execPath, ['--import', 'tsx', path, ...options], {
    cwd: ROOT,
    env: { ...process.env, ...own, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
export async function run(
  file: string,
  setting?: Setting,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = start(file, setting);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

/** Collects what it prints, up to a line that matches. */
export async function readUntil(child: Running, last: RegExp): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (last.test(line)) break;
  }
  return lines.join('\n');
}
