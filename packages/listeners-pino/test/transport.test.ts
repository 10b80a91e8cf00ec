import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CircuitBreaker } from '@breaker/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pinoListener } from '../src/index.js';
import { fail } from './calls.js';
import { PINOS } from './pinos.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'breaker-pino-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it.each(PINOS)(
  'logs to a file through a worker, while it runs, with %s',
  async (_, pino) => {
    const destination = join(folder, 'app.log');
    const transport = pino.transport({ target: 'pino/file', options: { destination } });
    const listener = pinoListener(pino({ level: 'debug' }, transport), { summaryMs: 5 });
    const breaker = new CircuitBreaker('payments', { listeners: [listener], failureThreshold: 3 });
    fail(breaker, 100);
    const total = (type: string) =>
      readFileSync(destination, 'utf8')
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
        .filter((line) => line.type === type)
        .reduce((sum, { count = 1 }) => sum + count, 0);
    const totals = () => [total('failure'), total('state-change'), total('reject')];
    await expect.poll(totals, { timeout: 20_000 }).toEqual([3, 1, 97]);
    const closed = new Promise((resolve) => transport.once('close', resolve));
    transport.end();
    await closed;
  },
  30_000,
);
