import { build } from 'esbuild';

/** What an ES module lacks that was made of CommonJS modules. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

const bundles = new Map<string, Promise<string>>();

/** The text of a TypeScript program with all that it imports, as one module: fifty processes start in a fraction of the time. */
export function bundled(program: string): Promise<string> {
  const bundle = bundles.get(program) ?? make(program);
  bundles.set(program, bundle);
  return bundle;
}

async function make(program: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [program],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: REQUIRE },
    write: false,
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('\n');
}
