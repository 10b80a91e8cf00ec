const validation = { notExported: true, invalidLink: true, notDocumented: true, rewrittenLink: true };

/** @type {import('typedoc').TypeDocOptions} */
export default {
  name: 'Breaker',
  readme: 'none',
  entryPointStrategy: 'packages',
  entryPoints: ['packages/core', 'packages/redis', 'packages/testing'],
  packageOptions: {
    readme: 'none',
    tsconfig: 'tsconfig.src.json',
    // `typecheck` has found them already.
    skipErrorChecking: true,
    // A property that its name and type explain needs no comment.
    requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Variable', 'CallSignature', 'Accessor'],
    validation,
  },
  validation,
  treatWarningsAsErrors: true,
  out: '.reports/reference',
};
