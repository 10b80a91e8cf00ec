// Tries the packages as they are published: compiled by old and new TypeScript, run by Node, Bun and Deno. Needs the npm registry.

import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack } from '../../src/pack.js';
import { publishedPackages } from '../../src/published-packages.js';
import { ROOT } from '../../src/root.js';
import { runWell } from '../../src/run.js';
import { compilations } from './compilations.js';
import { programs } from './programs.js';
import { TOOLS } from './tools.js';

const project = await mkdtemp(join(tmpdir(), 'breaker-consumers-'));
try {
  console.log('Packs the packages, and installs them beside the tools');
  const tarballs = await pack(publishedPackages(), project);
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'commonjs' }));
  const flags = ['--no-audit', '--no-fund', '--no-package-lock'];
  await runWell('npm', ['install', ...flags, ...tarballs, ...TOOLS], project);
  const consumer = join(ROOT, 'packages/release/consumer');
  for (const kind of ['ts', 'mts', 'cts']) {
    await copyFile(join(consumer, 'everything.ts'), join(project, `everything.${kind}`));
  }
  for (const file of ['runs.mjs', 'runs.cjs']) await copyFile(join(consumer, file), join(project, file));
  for (const { name, run, output } of [...programs(), ...compilations()]) {
    const result = await run(project);
    const isWell = result.code === 0 && result.output === output;
    console.log(`${isWell ? 'ok  ' : 'FAIL'}  ${name}${isWell ? '' : `\n${result.output}`}`);
    if (!isWell) process.exitCode = 1;
  }
} finally {
  await rm(project, { recursive: true });
}
