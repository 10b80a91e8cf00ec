/** The ways in which TypeScript may look for the packages. */
export const RESOLUTIONS = ['node10', 'node16', 'bundler'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];

/** How node16 reads a file is told by its ending; the others know one way. */
const FILES = { node10: ['everything.ts'], node16: ['everything.mts', 'everything.cts'], bundler: ['everything.ts'] };
const MODULES = { node10: 'commonjs', node16: 'node16', bundler: 'esnext' };

/** A tsconfig.json for the consumer's files. */
export function compilerOptions(
  resolution: Resolution,
  { exactOptionalPropertyTypes, version }: { exactOptionalPropertyTypes: boolean; version: number },
): object {
  return {
    compilerOptions: {
      target: 'es2022',
      module: MODULES[resolution],
      moduleResolution: resolution,
      strict: true,
      exactOptionalPropertyTypes,
      skipLibCheck: false,
      esModuleInterop: true,
      types: ['node'],
      noEmit: true,
      ...(resolution === 'node10' && version >= 6 ? { ignoreDeprecations: '6.0' } : {}),
    },
    files: FILES[resolution],
  };
}
