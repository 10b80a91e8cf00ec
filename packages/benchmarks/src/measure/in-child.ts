import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const usual = ['--expose-gc', '--max-old-space-size=8192'];

/** Runs a program of `src/programs` in a process of its own, and gives what it prints as JSON. */
export function inChild<Result>(program: string, ...args: readonly string[]): Promise<Result> {
  return inChildWith(usual, program, args);
}

/** The same, with flags of V8. */
export async function inChildWith<Result>(
  flags: readonly string[],
  program: string,
  args: readonly string[] = [],
): Promise<Result> {
  const path = fileURLToPath(new URL(`../programs/${program}.ts`, import.meta.url));
  const { stdout } = await run(process.execPath, [...flags, '--import', 'tsx', path, ...args]);
  return JSON.parse(stdout) as Result;
}
