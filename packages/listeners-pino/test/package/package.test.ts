import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// The package as it is built: `pnpm test` builds it first.

const require = createRequire(import.meta.url);
const packageRoot = join(import.meta.dirname, '../..');

const imports = `import { CircuitBreaker } from '@breaker/core';
import { pinoListener } from '@breaker/listeners-pino';
import { pino } from 'pino';`;

const requires = `const { CircuitBreaker } = require('@breaker/core');
const { pinoListener } = require('@breaker/listeners-pino');
const { pino } = require('pino');`;

const logger = 'pino(pino.destination({ dest: 1, sync: true }))';
const listens = `const listener = pinoListener(${logger}, { summaryMs: 600_000 });`;

const rejects = `
const breaker = new CircuitBreaker('payments', { listeners: [listener] });
breaker.open();
for (let call = 0; call < 5; call++) breaker.executeSync(() => 'paid', { fallback: () => 'not paid' });`;

describe.each(['pino-9', 'pino'])('a project with %s', (dependency) => {
  let project: string;

  beforeAll(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), 'breaker-consumer-')));
    mkdirSync(join(project, 'node_modules/@breaker'), { recursive: true });
    const link = (name: string, target: string) => symlinkSync(target, join(project, 'node_modules', name), 'junction');
    link('@breaker/listeners-pino', packageRoot);
    link('@breaker/core', dirname(require.resolve('@breaker/core/package.json')));
    link('pino', dirname(require.resolve(`${dependency}/package.json`)));
  });

  afterAll(() => rmSync(project, { recursive: true }));

  /** Runs a program to its end, which it must find by itself. */
  function run(file: string, code: string): string {
    writeFileSync(join(project, file), code);
    return execFileSync(process.execPath, [file], { cwd: project, encoding: 'utf8', timeout: 20_000 });
  }

  function lines(text: string): unknown[] {
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }

  const told = [
    { type: 'state-change', circuit: 'payments', to: 'open' },
    { type: 'reject', count: 1 },
    { type: 'reject', count: 4 },
  ];

  it.each([
    ['imports it', 'esm.mjs', imports],
    ['requires it', 'cjs.cjs', requires],
  ])('%s', (_, file, head) => {
    expect(lines(run(file, `${head}${listens}${rejects} listener.dispose();`))).toMatchObject(told);
  });

  it.each([
    ['an ES module', 'file.mjs', imports],
    ['CommonJS', 'file.cjs', requires],
  ])('logs to a file through a worker, from %s', (_, file, head) => {
    const destination = join(project, `${file}.log`);
    const options = JSON.stringify({ transport: { target: 'pino/file', options: { destination } } });
    run(file, `${head} const listener = pinoListener(pino(${options}));${rejects} listener.flush();`);
    expect(lines(readFileSync(destination, 'utf8'))).toMatchObject(told);
  });

  it('is not kept running by a summary that is due', () => {
    expect(lines(run('ends.mjs', `${imports}${listens}${rejects}`))).toMatchObject(told.slice(0, 2));
  });

  it.each([
    ['as it ends', "process.once('beforeExit', () => listener.flush());"],
    ['before it exits', 'listener.dispose(); process.exit();'],
  ])('loses no summary that it asks for %s', (_, end) => {
    expect(lines(run('exits.mjs', `${imports}${listens}${rejects}${end}`))).toMatchObject(told);
  });

  it('compiles with its types', () => {
    const code = `${imports}
      import type { PinoListener } from '@breaker/listeners-pino';
      const logger = pino({ customLevels: { audit: 35 } }).child({ tenant: 'north' });
      const listener: PinoListener = pinoListener(logger, { levels: { open: 'audit' }, summaryMs: undefined });
      export const breaker = new CircuitBreaker('payments', { listeners: [listener] });`;
    writeFileSync(join(project, 'typed.mts'), code);
    writeFileSync(join(project, 'typed.cts'), code);
    const options = '--noEmit --strict --exactOptionalPropertyTypes --target es2022 --lib es2023,esnext.disposable,dom';
    const modules = '--module nodenext --moduleResolution nodenext --skipLibCheck --types node --typeRoots';
    const types = dirname(dirname(require.resolve('@types/node/package.json')));
    const args = [require.resolve('typescript/bin/tsc'), ...`${options} ${modules}`.split(' '), types];
    const { stdout } = spawnSync(process.execPath, [...args, 'typed.mts', 'typed.cts'], { cwd: project });
    expect(stdout.toString()).toBe('');
  });
});
