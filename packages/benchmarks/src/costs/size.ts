import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { manifestOf, type Package, packages } from './packages.js';

const here = fileURLToPath(new URL('../..', import.meta.url));

export interface Size {
  readonly name: string;
  readonly version: string;
  /** Of everything it exports and depends on: bundled, minified, compressed. */
  readonly bytes: number;
  /** Of what it takes to make a breaker of it. */
  readonly bytesOfBreaker: number | undefined;
  /** Packages that come with it. */
  readonly dependencies: number;
}

export async function measureSizes(): Promise<Size[]> {
  return Promise.all(packages.map(sizeOf));
}

async function sizeOf({ name, specifier, breaker }: Package): Promise<Size> {
  const { version, dependencies = {}, peerDependencies = {} } = manifestOf(specifier);
  const external = Object.keys(peerDependencies);
  return {
    name,
    version,
    bytes: await bundle(`import * as all from '${specifier}'; globalThis.all = all;`, external),
    bytesOfBreaker:
      breaker === undefined ? undefined : await bundle(`export ${breaker} from '${specifier}';`, external),
    dependencies: Object.keys(dependencies).length,
  };
}

async function bundle(contents: string, external: string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external,
  });
  const [file] = outputFiles;
  return gzipSync(file?.contents ?? '', { level: 9 }).length;
}
