import { type ChildProcess, fork } from 'node:child_process';

/**
 * Starts a file of the demo as a process of its own, which ends by itself when this one is gone.
 *
 * @param environment - what it finds in its environment, besides what this process does
 */
export function startProcess(
  file: URL,
  args: readonly (string | number)[] = [],
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return fork(file, args.map(String), { env: { ...process.env, ...environment } });
}

/** What it says first. */
export function firstWord(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code, signal) => reject(new Error(`${child.spawnfile} ended with ${signal ?? code}`)));
  });
}
