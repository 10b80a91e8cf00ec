import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishedPackage } from './published-packages.js';
import { ROOT } from './root.js';
import { runWell } from './run.js';

/** Packs packages as they are published: by pnpm, which writes versions in place of `workspace:`. Gives the tarballs, in order. */
export async function pack(packages: readonly PublishedPackage[], target: string): Promise<string[]> {
  const tarballs: string[] = [];
  for (const { folder, manifest } of packages) {
    const [command, ...options] = pnpm();
    await runWell(command, [...options, 'pack', '--pack-destination', target], join(ROOT, folder));
    const name = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    if (!(await readdir(target)).includes(name)) throw new Error(`pnpm packed no ${name}`);
    tarballs.push(join(target, name));
  }
  return tarballs;
}

/** The pnpm that runs this, or the one of the workspace. */
function pnpm(): [string, ...string[]] {
  const { npm_config_user_agent: agent, npm_execpath: path } = process.env;
  if (!agent?.startsWith('pnpm/') || path === undefined) return ['npx', '-y', 'pnpm@12'];
  return /\.[cm]?js$/.test(path) ? [process.execPath, path] : [path];
}
