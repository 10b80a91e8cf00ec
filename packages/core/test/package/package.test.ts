import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The package as it is built: `pnpm test` builds it first.

const require = createRequire(import.meta.url);
const packageRoot = join(import.meta.dirname, '../..');
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'breaker-consumer-'));
  mkdirSync(join(project, 'node_modules/@breaker'), { recursive: true });
  symlinkSync(packageRoot, join(project, 'node_modules/@breaker/core'), 'junction');
});

afterAll(() => rmSync(project, { recursive: true }));

function run(file: string, code: string): string {
  writeFileSync(join(project, file), code);
  return execFileSync(process.execPath, [file], { cwd: project, encoding: 'utf8' }).trim();
}

describe('a project without TypeScript', () => {
  it('imports it', () => {
    const code = `import { CircuitBreaker } from '@breaker/core';
      console.log(await new CircuitBreaker('x').execute(() => 'imported'));`;
    expect(run('esm.mjs', code)).toBe('imported');
  });

  it('requires it', () => {
    const code = `const { CircuitBreaker } = require('@breaker/core');
      new CircuitBreaker('x').execute(() => 'required').then(console.log);`;
    expect(run('cjs.cjs', code)).toBe('required');
  });

  it('knows the errors of one copy by the classes of the other', () => {
    const code = `import { CircuitBreaker, CircuitBreakerError, CircuitOpenError, CircuitTimeoutError } from '@breaker/core';
      import { createRequire } from 'node:module';
      const other = new (createRequire(import.meta.url)('@breaker/core').CircuitBreaker)('x');
      await other.open();
      const error = await other.execute(() => 1).catch((error) => error);
      const classes = [CircuitBreakerError, CircuitOpenError, CircuitTimeoutError];
      console.log(error.constructor === CircuitOpenError, ...classes.map((errorClass) => error instanceof errorClass));`;
    expect(run('both.mjs', code)).toBe('false true true false');
  });

  it('is not kept running by a time-out that is pending', () => {
    const code = `import { CircuitBreaker } from '@breaker/core';
      void new CircuitBreaker('x', { timeoutMs: 600_000 }).execute(() => new Promise(() => {}));
      console.log('ends');`;
    expect(run('ends.mjs', code)).toBe('ends');
  });
});

describe('a project with TypeScript, for browsers', () => {
  it('compiles without the types of Node', () => {
    const code = `import { CircuitBreaker, type Permit } from '@breaker/core';
      const breaker = new CircuitBreaker('x', { timeoutMs: undefined });
      export const page: Promise<Response> = breaker.execute(({ signal }) => fetch('/', { signal }));
      export const permit: Promise<Permit> = breaker.acquire();`;
    writeFileSync(join(project, 'browser.ts'), code);
    const options =
      '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2022 --lib es2022,dom';
    const modules = '--module esnext --moduleResolution bundler --typeRoots none browser.ts';
    const tsc = require.resolve('typescript/bin/tsc');
    const { stdout } = spawnSync(process.execPath, [tsc, ...`${options} ${modules}`.split(' ')], { cwd: project });
    expect(stdout.toString()).toBe('');
  }, 60_000);
});
