import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compilerOptions, RESOLUTIONS } from '../../src/compiler-options.js';
import { run } from '../../src/run.js';
import { COMPILERS } from './tools.js';
import type { Trial } from './trial.js';

/** The consumer's project by every compiler, in every way that it has. */
export function compilations(): Trial[] {
  return COMPILERS.flatMap((compiler) => {
    const version = Number(/\d+/.exec(compiler)?.[0]);
    // TypeScript 7 no longer knows node10.
    const resolutions = RESOLUTIONS.filter((resolution) => resolution !== 'node10' || version < 7);
    return resolutions.flatMap((resolution) =>
      [true, false].map((exactOptionalPropertyTypes) => ({
        name: `${compiler}, ${resolution}, exactOptionalPropertyTypes ${exactOptionalPropertyTypes ? 'on' : 'off'}`,
        output: '',
        async run(project: string) {
          const settings = compilerOptions(resolution, { exactOptionalPropertyTypes, version });
          await writeFile(join(project, 'tsconfig.json'), JSON.stringify(settings));
          return run(process.execPath, [join('node_modules', compiler, 'bin/tsc'), '-p', '.'], project);
        },
      })),
    );
  });
}
