import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerProgram } from './server-program.js';

const run = promisify(execFile);

const ADVICE =
  'No Redis server was found. Install one (brew install redis, apt install redis-server, docker run -p 6379:6379 redis with ' +
  'REDIS_URL=redis://127.0.0.1:6379), or set WITHOUT_REDIS=1 to leave out the tests that need one.';

/** Unpacks Debian's redis-server into the user's cache, where it is not there yet. Touches nothing of the system, and needs no root. */
export async function unpackDebianServer(beforeDownload: () => void): Promise<ServerProgram> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'breaker-tests');
  const home = join(cache, 'redis-server');
  if (!existsSync(home)) {
    if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) throw new Error(ADVICE);
    beforeDownload();
    await unpackInto(home, cache).catch((cause) => {
      throw new Error(ADVICE, { cause });
    });
  }
  const libraries = join(home, 'usr', 'lib');
  const folders = (await readdir(libraries)).filter((name) => name.endsWith('-linux-gnu'));
  return {
    path: join(home, 'usr', 'bin', 'redis-server'),
    environment: { LD_LIBRARY_PATH: folders.map((name) => join(libraries, name)).join(':') },
  };
}

/** Works in a folder of its own that is renamed at the end: several processes may do so at once. */
async function unpackInto(home: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'unpacking-'));
  try {
    const lists = join(work, 'lists');
    const archives = join(work, 'archives');
    const unpacked = join(work, 'unpacked');
    for (const folder of [join(lists, 'partial'), join(archives, 'archives', 'partial'), unpacked]) {
      await mkdir(folder, { recursive: true });
    }
    const options = [
      `Dir::State::Lists=${lists}`,
      `Dir::Cache=${archives}`,
      'Debug::NoLocking=1',
      'APT::Sandbox::User=',
    ].flatMap((option) => ['-o', option]);
    await run('apt-get', [...options, 'update']);
    await run('apt-get', [
      ...options,
      '--download-only',
      '--yes',
      '--no-install-recommends',
      'install',
      'redis-server',
    ]);
    for (const name of await readdir(join(archives, 'archives'))) {
      if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(archives, 'archives', name), unpacked]);
    }
    await rename(unpacked, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
