import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { unpackDebianServer } from './debian-server.js';
import type { ServerProgram } from './server-program.js';

const NAMES = ['redis-server', 'valkey-server'];

let found: Promise<ServerProgram> | undefined;

/**
 * Finds a Redis or Valkey server: one on PATH, else Debian's package, which is downloaded and unpacked, without root, into the user's
 * cache.
 *
 * @param beforeDownload - is called where it is not there yet
 * @throws Error that says what to install
 */
export function findServerProgram(beforeDownload: () => void = () => {}): Promise<ServerProgram> {
  found ??= Promise.resolve(onPath()).then((program) => program ?? unpackDebianServer(beforeDownload));
  return found;
}

function onPath(): ServerProgram | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const path = paths.find(isExecutable);
  return path === undefined ? undefined : { path, environment: {} };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
