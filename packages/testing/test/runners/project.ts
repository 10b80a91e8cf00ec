import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
const packageRoot = join(import.meta.dirname, '../..');

const vitestRoot = dirname(require.resolve('vitest/package.json'));

/** The programs that run tests. */
export const JEST = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');
export const VITEST = join(vitestRoot, 'vitest.mjs');

/** A folder like that of an application, which has the packages as they are built: `pnpm test` builds them first. */
export class Project {
  readonly #folder = realpathSync(mkdtempSync(join(tmpdir(), 'breaker-tests-')));

  constructor(files: Readonly<Record<string, string>>) {
    mkdirSync(join(this.#folder, 'node_modules/@breaker'), { recursive: true });
    this.#link('@breaker/testing', packageRoot);
    this.#link('@breaker/core', dirname(require.resolve('@breaker/core/package.json')));
    this.#link('vitest', vitestRoot);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(this.#folder, name), content);
  }

  /** Runs a program of Node in it; gives its exit code and all that it printed. */
  async run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; output: string }> {
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, args, {
      cwd: this.#folder,
      env: { PATH, HOME, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close');
    const output = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await closed) as [number | null];
    return { code, output: output.join('') };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #link(name: string, target: string): void {
    symlinkSync(target, join(this.#folder, 'node_modules', name), 'junction');
  }
}
