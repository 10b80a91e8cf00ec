import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from '../src/pack.js';
import { publishedPackages } from '../src/published-packages.js';
import { runWell } from '../src/run.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** A project that has the packages as they are published, and their peers. */
    readonly project: string;
  }
}

const PEERS = ['ioredis', 'pino', '@types/node'];

/** Packs every published package once, and unpacks it where a project would have it. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const project = await mkdtemp(join(tmpdir(), 'breaker-packages-'));
  const packages = publishedPackages();
  const tarballs = await pack(packages, project);
  for (const [index, { manifest }] of packages.entries()) {
    const target = join(project, 'node_modules', manifest.name);
    await mkdir(target, { recursive: true });
    await runWell('tar', ['-xzf', tarballs[index] as string, '--strip-components', '1', '-C', target], project);
  }
  const require = createRequire(import.meta.url);
  for (const peer of PEERS) {
    const target = join(project, 'node_modules', peer);
    await mkdir(dirname(target), { recursive: true });
    await symlink(dirname(require.resolve(`${peer}/package.json`)), target, 'junction');
  }
  provide('project', project);
  return () => rm(project, { recursive: true });
}
