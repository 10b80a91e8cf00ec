import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Run {
  readonly code: number | null;
  /** What it printed, on stdout and stderr. */
  readonly output: string;
}

/** Runs a program to its end. */
export async function run(command: string, options: readonly string[], cwd: string): Promise<Run> {
  const child = spawn(command, options, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, output: `${stdout}${stderr}`.trim() };
}

/** Runs a program that must succeed. */
export async function runWell(command: string, options: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await run(command, options, cwd);
  if (code !== 0) throw new Error(`${[command, ...options].join(' ')} ended with ${code}:\n${output}`);
  return output;
}
