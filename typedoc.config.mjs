import { existsSync, readdirSync, readFileSync } from 'node:fs';

// A property that its name and type explain needs no comment.
const requiredToBeDocumented = ['Class', 'Interface', 'TypeAlias', 'Variable', 'CallSignature', 'Accessor'];

const validation = { notExported: true, invalidLink: true, notDocumented: true, rewrittenLink: true };

const isPublished = (folder) => {
  const manifest = `${folder}/package.json`;
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).private !== true;
};

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'Breaker',
  readme: 'none',
  entryPointStrategy: 'packages',
  entryPoints: readdirSync('packages')
    .map((name) => `packages/${name}`)
    .filter(isPublished),
  packageOptions: {
    entryPoints: ['src/index.ts'],
    readme: 'none',
    // Links to lines would need the address of a repository.
    disableSources: true,
    tsconfig: 'tsconfig.src.json',
    // `typecheck` has found them already.
    skipErrorChecking: true,
    requiredToBeDocumented,
    validation,
  },
  requiredToBeDocumented,
  validation,
  treatWarningsAsErrors: true,
  out: '.reports/reference',
};
