import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerForTests, startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterEach, expect, it } from 'vitest';
import type { Figure } from '../src/report/figure.js';
import { Program, stillRunning } from './program.js';

const SMALLEST_FLEET = 2;

const programs: Program[] = [];
const servers: ServerForTests[] = [];

function start(args: readonly string[], url?: string): Program {
  const program = new Program(args, url);
  programs.push(program);
  return program;
}

afterEach(async () => {
  for (const program of programs.splice(0)) {
    program.kill('SIGKILL');
    await rm(program.folder, { recursive: true, force: true });
  }
  for (const server of servers.splice(0)) await server.stop();
});

it('says how it is used, and what it does not know', async () => {
  const [help, unknown] = [start(['--help']), start(['--slow'])];
  expect([await help.end(), await unknown.end()]).toEqual([0, 2]);
  expect(help.output).toMatch(/^Usage: pnpm costs/);
  expect(unknown.output).toMatch(/'--slow'.*Usage: pnpm costs/s);
});

describeOnRedis('What sharing costs', () => {
  it('is measured, shown and written down, and what it needed is gone', async () => {
    const file = join(tmpdir(), `breaker-costs-${process.pid}.json`);
    const program = start(['--quick', '--json', file]);
    expect([await program.end(), program.output]).toEqual([0, expect.stringContaining('met')]);
    const { machine, ...parts } = JSON.parse(await readFile(file, 'utf8'));
    await rm(file);
    expect(machine).toMatchObject({ node: process.versions.node });

    const figures = ['round-trips', 'memory', 'closed-calls', 'trip-lag', 'herd'].flatMap((part) => parts[part]);
    for (const { what, value } of figures) {
      expect([what, Number.isFinite(value)]).toEqual([what, true]);
      expect(program.output).toContain(what);
    }
    // The goals that no noise can miss.
    const exact = (figures as Figure[]).filter(({ goal }) => goal !== undefined && 'exactly' in goal);
    expect(exact.map(({ what, value }) => [what, value])).toEqual([
      ['a change', 2],
      ['changes of 100 names at once, together', 2],
      ['changes of 1000 names at once, together', 8],
      ['keys of a circuit', 1],
      ['one process: all others', 0],
      ['4 processes: all others', 0],
      ['trials at once, at worst', 1],
    ]);
    expect(await readdir(program.folder)).toEqual([]);
  });

  it('is measured for a fleet in every situation, on a server that is left as it was', async () => {
    const server = await startServer({ requirepass: 'secret' });
    servers.push(server);
    const program = start(['fleets', '--quick'], `redis://:secret@127.0.0.1:${server.port}/3`);
    expect([await program.end(), program.output]).toEqual([0, expect.stringContaining('lost/s')]);
    const rows = program.output.split('\n').filter((line) => / \| 2 \| /.test(line));
    const situations = rows.map((row) => row.split(' | ')[2]);
    const all = ['all succeed', '1 % fail', '10 % fail', 'all fail', 'all succeed again'];
    expect(situations).toEqual([...all, ...all, ...all]);
    expect(String(await server.command('INFO', 'keyspace')).trim()).toBe('# Keyspace');
    expect(String(await server.command('INFO', 'commandstats'))).toContain('cmdstat_exec');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves no process behind when it is ended by %s', async (signal) => {
    const program = start(['fleets']);
    let children: readonly number[] = [];
    const isComplete = () => {
      children = program.children();
      return children.length === SMALLEST_FLEET + 1;
    };
    await until('a server and a fleet run', isComplete, 30_000);
    program.kill(signal);
    expect(await program.end()).toBe(signal);
    await until('they are gone', () => stillRunning(children).length === 0);
  });
});
