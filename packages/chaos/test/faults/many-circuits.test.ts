import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Network, paceOfMachine, type ServerForTests, startServer } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { bundled } from '../../src/fleet/bundled.js';
import type { ManyCircuitsNews, ManyCircuitsSettings } from '../programs/many-circuits.js';

const PROGRAM = fileURLToPath(new URL('../programs/many-circuits.ts', import.meta.url));
const PROCESSES = 8;
const CIRCUITS = 100;

describeOnRedis('A hundred circuits that fail at once in each of eight processes', () => {
  let folder: string;
  let script: string;
  let server: ServerForTests;
  const endings: (() => unknown)[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'breaker-chaos-'));
    script = join(folder, 'many-circuits.mjs');
    await writeFile(script, await bundled(PROGRAM));
    server = await startServer();
  });

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
  });

  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([1, 5, 20])('open once each, for all, and none goes on alone: %i ms away', async (roundTripMs) => {
    const network = await Network.start(server.port);
    endings.push(() => network.stop());
    network.delayMs = roundTripMs / 2;
    const names = Array.from({ length: CIRCUITS }, (_, index) => `${roundTripMs}-${index}`);
    const settings = { port: network.port, names, pace: paceOfMachine() };
    const processes = await Promise.all(Array.from({ length: PROCESSES }, () => start(settings)));
    const ends = processes.map(nextNews);
    for (const each of processes) each.send('fail');
    const told = (await Promise.all(ends)) as Exclude<ManyCircuitsNews, string>[];
    expect(told.flatMap(({ degraded }) => degraded)).toEqual([]);
    expect(told.reduce((sum, { opened }) => sum + opened, 0)).toBe(CIRCUITS);
  });

  async function start(settings: ManyCircuitsSettings): Promise<ChildProcess> {
    const child = fork(script, [JSON.stringify(settings)]);
    endings.push(() => child.kill('SIGKILL'));
    expect(await nextNews(child)).toBe('ready');
    return child;
  }
});

async function nextNews(child: ChildProcess): Promise<ManyCircuitsNews> {
  const [news] = await once(child, 'message');
  return news as ManyCircuitsNews;
}
