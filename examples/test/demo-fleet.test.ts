import { once } from 'node:events';
import { connect } from 'node:net';
import { startServer } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { beforeAll, expect, it } from 'vitest';
import { readUntil, run, start } from './run.js';

const DEMO = 'demo/main.ts';
const PATIENCE_MS = 120_000;

describeOnRedis('a fast run of four processes without a terminal', () => {
  let result: Awaited<ReturnType<typeof run>>;
  let keysLeft: unknown;

  beforeAll(async () => {
    const redis = await startServer();
    await redis.command('SET', "somebody else's", 'value');
    result = await run(DEMO, { options: ['--fast'], env: { REDIS_URL: `redis://127.0.0.1:${redis.port}/0` } });
    keysLeft = await redis.command('KEYS', '*');
    await redis.stop();
  }, PATIENCE_MS);

  /** The lines of the processes in the timeline. */
  const lanes = () => [...result.stdout.matchAll(/^ process \d {2}(.*)$/gm)].map(([, lane = '']) => lane);
  /** The numbers of a line of the table, or of the facts below it. */
  function row(label: string): number[] {
    const line = result.stdout.split('\n').find((text) => text.startsWith(` ${label} `)) ?? '';
    return [...line.slice(label.length + 1).matchAll(/(?<= )\d+/g)].map(Number);
  }
  const rows = (...labels: string[]) => labels.map(row);

  it('ends well, with nothing on stderr', () => {
    expect(result).toMatchObject({ code: 0, stderr: '' });
  });

  it('leaves nothing in Redis, and harms nothing there', () => {
    expect(keysLeft).toEqual(["somebody else's"]);
  });

  it('prints plain lines that fit 80 columns', () => {
    expect(result.stdout).not.toContain('\x1b');
    expect(result.stdout.split('\n').filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('tells what happens to the server, and when the circuit has changed for all', () => {
    for (const health of ['healthy', 'refusing', 'hanging', 'warming']) {
      expect(result.stdout).toMatch(new RegExp(`\\d\\.\\d s  server ${health}: `));
    }
    expect(result.stdout).toMatch(/circuit open for all 4 within \d+ ms, after \d+ failed calls \(alone: 20\)$/m);
    expect(result.stdout).toMatch(/circuit closed for all 3 within \d+ ms$/m);
  });

  it('kills the holder of the trial, and another one makes the next when the lease has lapsed', () => {
    const [, killed] = /(process \d) killed \(kill -9 \d+\), in the middle/.exec(result.stdout) ?? [];
    const [before = '', after = ''] = result.stdout.split(/ killed \(.*/);
    expect([...before.matchAll(/(process \d) makes the (only|next) trial/g)].at(-1)?.[1]).toBe(killed);
    const [, heir] =
      new RegExp(`(process \\d) makes the next trial: the lease of ${killed} has lapsed`).exec(after) ?? [];
    expect(heir).toMatch(/^process \d$/);
    expect(heir).not.toBe(killed);
  });

  it('draws a lane for each process: all open, one is killed, the others are closed in the end', () => {
    expect(lanes()).toHaveLength(4);
    for (const lane of lanes()) expect(lane).toMatch(/^(\|closed )?─*(\|open |·)/);
    expect(lanes().filter((lane) => lane.endsWith('X killed'))).toHaveLength(1);
    expect(lanes().filter((lane) => /(─|\|closed )$/.test(lane))).toHaveLength(3);
  });

  it('counts every call of every process', () => {
    const [answered, failed, rejected, cutOff, trials] = rows(
      'calls answered',
      'calls failed',
      'calls rejected at once',
      'calls cut off',
      'trials',
    );
    for (const counts of [answered, failed, rejected, cutOff, trials]) {
      const [all, ...each] = counts?.toReversed() ?? [];
      expect(each).toHaveLength(4);
      expect(each.reduce((sum, count) => sum + count, 0)).toBe(all);
    }
    expect(rejected?.[4]).toBeGreaterThan(0);
    expect(cutOff?.[4]).toBeGreaterThan(0);
    expect(cutOff?.map((count) => count > 0)).toEqual([...lanes().map((lane) => lane.endsWith('killed')), true]);
    expect(trials?.[4]).toBeGreaterThanOrEqual(4);

    const [reached, calls] = row('requests that reached the server');
    const made = [answered, failed, cutOff].map((counts) => Number(counts?.[4])).reduce((sum, count) => sum + count);
    expect(reached).toBeLessThanOrEqual(made);
    expect(calls).toBe(made + Number(rejected?.[4]));
  });

  it('shows what sharing was good for', () => {
    expect(row('failed calls until it was open for all')[0]).toBeGreaterThanOrEqual(5);
    // A promise that holds as long as Redis answers.
    if (!result.stdout.includes('goes on alone')) expect(row('trials at once, at most')[0]).toBe(1);
    const [writesWhileWell, callsWhileWell, writes] = row('writes to Redis while all was well');
    expect(writesWhileWell).toBe(0);
    expect(callsWhileWell).toBeGreaterThan(0);
    expect(writes).toBeGreaterThan(0);
  });
});

describeOnRedis('a run of four processes on a Redis of its own', () => {
  it.for([
    { cause: 'SIGKILL', code: null },
    { cause: 'SIGINT', code: 130 },
    { cause: 'SIGTERM', code: 143 },
    { cause: 'its end', code: 0 },
  ] as const)('leaves nothing running after $cause', { timeout: PATIENCE_MS }, async ({ cause, code }) => {
    const demo = start(DEMO, { options: ['--fast'], env: { REDIS_URL: undefined } });
    const ended = once(demo, 'exit');
    const begun = await readUntil(demo, /server healthy/);
    const [, server, redis] = /server http:\/\/127.0.0.1:(\d+), Redis 127.0.0.1:(\d+)/.exec(begun) ?? [];
    const processes = /processes ([\d ]+)/.exec(begun)?.[1]?.split(' ') ?? [];
    expect(processes).toHaveLength(4);
    const signsOfLife = () =>
      Promise.all([...processes.map((pid) => isRunning(Number(pid))), listens(Number(server)), listens(Number(redis))]);
    expect(await signsOfLife()).toEqual(Array(6).fill(true));

    if (cause !== 'its end') demo.kill(cause);

    expect((await ended)[0]).toBe(code);
    await expect.poll(signsOfLife, { timeout: 20_000 }).toEqual(Array(6).fill(false));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const result = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  socket.destroy();
  return result;
}
