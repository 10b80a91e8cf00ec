import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Bundles a package as for a browser that has nothing of Node's, and says what is still imported. */
async function importsOf(specifier: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents: `export * from '${specifier}';`, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    conditions: ['import'],
    metafile: true,
    write: false,
    outfile: 'bundle.js',
  });
  return Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
}

it.each(['@breaker/core', '@breaker/testing', '@breaker/testing/contract'])(
  '%s fits into a browser',
  async (specifier) => {
    expect(await importsOf(specifier)).toEqual([]);
  },
);
