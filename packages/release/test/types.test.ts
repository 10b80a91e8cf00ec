import { copyFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { compilerOptions } from '../src/compiler-options.js';
import { run } from '../src/run.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const consumer = join(import.meta.dirname, '../consumer/everything.ts');

// One way of many, as both kinds of modules. All others, by older and newer compilers: `pnpm consumers`.
it('are understood as ES modules and as CommonJS', async () => {
  const project = inject('project');
  for (const kind of ['mts', 'cts']) await copyFile(consumer, join(project, `everything.${kind}`));
  const settings = compilerOptions('node16', { exactOptionalPropertyTypes: true, version: 6 });
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify(settings));
  expect(await run(process.execPath, [tsc, '-p', '.'], project)).toEqual({ code: 0, output: '' });
});
