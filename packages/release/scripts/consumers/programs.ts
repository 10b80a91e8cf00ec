import { run } from '../../src/run.js';
import type { Trial } from './trial.js';

const OUTPUTS = {
  'runs.mjs': 'function function answered 1000 ERR_CIRCUIT_TRIPPED ERR_CIRCUIT_TIMEOUT 0',
  'runs.cjs': 'open function function function',
};

const RUNTIMES = {
  Node: [process.execPath],
  Bun: ['node_modules/.bin/bun', 'run'],
  Deno: [
    'node_modules/.bin/deno',
    'run',
    '--quiet',
    '--no-prompt',
    '--allow-read',
    '--allow-env',
    '--node-modules-dir=manual',
  ],
};

/** The consumer's programs in every runtime. */
export function programs(): Trial[] {
  return Object.entries(RUNTIMES).flatMap(([runtime, [command = '', ...options]]) =>
    Object.entries(OUTPUTS).map(([file, output]) => ({
      name: `${runtime}, ${file}`,
      output,
      run: (project: string) => run(command, [...options, file], project),
    })),
  );
}
