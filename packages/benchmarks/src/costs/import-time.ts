import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Distribution, distributionOf } from '../measure/distribution.js';
import { packages } from './packages.js';

const run = promisify(execFile);
const here = fileURLToPath(new URL('../..', import.meta.url));

export interface ImportTime {
  readonly name: string;
  readonly milliseconds: Distribution;
}

/** How long the first import of each takes in a fresh process, in turns. */
export async function timeImports(rounds: number): Promise<ImportTime[]> {
  const samples = packages.map(({ name, specifier }) => ({ name, specifier, milliseconds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { specifier, milliseconds } of samples) milliseconds.push(await timeImport(specifier));
  }
  return samples.map(({ name, milliseconds }) => ({ name, milliseconds: distributionOf(milliseconds) }));
}

async function timeImport(specifier: string): Promise<number> {
  const program = `const at = performance.now(); await import('${specifier}'); console.log(performance.now() - at);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: here });
  return Number(stdout);
}
