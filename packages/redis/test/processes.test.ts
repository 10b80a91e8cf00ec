import { startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterAll, expect, it } from 'vitest';
import { Process } from './process.js';
import type { Dependency } from './programs/member.js';
import { sharedByAll } from './shared-by-all.js';

describeOnRedis('Processes that share a circuit through Redis', () => {
  const server = sharedByAll(() => startServer());
  const fleet = sharedByAll(async () => {
    const { port } = await server();
    const processes = await Promise.all([1, 2, 3].map(() => Process.start(port)));
    return { processes, stop: () => Promise.all(processes.map((each) => each.kill())) };
  });
  const spares: Process[] = [];

  afterAll(async () => {
    await Promise.all(spares.map((spare) => spare.kill()));
  });

  async function spare(): Promise<Process> {
    const started = await Process.start((await server()).port);
    spares.push(started);
    return started;
  }

  function meet(processes: readonly Process[], dependency: Dependency): void {
    for (const each of processes) each.meet(dependency);
  }

  async function untilAll(processes: readonly Process[], state: string): Promise<void> {
    await until(`all are ${state}`, () => processes.every((each) => each.state === state));
  }

  it('open when the dependency is down for all, and close when it is up again', async () => {
    const { processes } = await fleet();
    await untilAll(processes, 'closed');
    meet(processes, 'down');
    await until('the fleet is open', () =>
      processes.every(({ state, scope }) => state !== 'closed' && scope === 'fleet'),
    );
    meet(processes, 'up');
    await untilAll(processes, 'closed');
    const trials = processes.reduce((sum, each) => sum + each.trials, 0);
    expect(trials).toBeGreaterThan(0);
  });

  it('find a free place again when the holder of the only lease is killed', async () => {
    const { processes } = await fleet();
    const doomed = await spare();
    const all = [...processes, doomed];
    meet(all, 'down');
    await until('the fleet is open', () => all.every(({ state, scope }) => state !== 'closed' && scope === 'fleet'));
    // Only the doomed one calls what answers never; the others' trials go on failing until it has its turn.
    doomed.meet('hanging');
    const { trials } = doomed;
    await until('it holds the lease', () => doomed.trials > trials);
    await doomed.kill();
    meet(processes, 'up');
    await untilAll(processes, 'closed');
  });

  it('open although the process whose report opened the hearing is killed', async () => {
    const { processes } = await fleet();
    const doomed = await spare();
    meet(processes, 'unused');
    doomed.meet('down');
    await until('a hearing is on', async () => {
      const record = JSON.parse(String(await (await server()).command('GET', 'breaker:{tests}:payments')));
      return record.hearingEndsAt !== undefined;
    });
    await doomed.kill();
    expect(processes.map(({ state }) => state)).toEqual(['closed', 'closed', 'closed']);
    meet(processes, 'down');
    await until('the fleet is open', () =>
      processes.every(({ state, scope }) => state !== 'closed' && scope === 'fleet'),
    );
    meet(processes, 'up');
    await untilAll(processes, 'closed');
  });

  it('catch up when one was suspended', async () => {
    const { processes } = await fleet();
    const [sleeper, ...others] = processes;
    sleeper?.freeze();
    meet(others, 'down');
    await until('the others are open', () =>
      others.every(({ state, scope }) => state !== 'closed' && scope === 'fleet'),
    );
    meet(others, 'hanging');
    sleeper?.thaw();
    await until('the sleeper knows', () => sleeper?.scope === 'fleet' && sleeper.state !== 'closed');
    meet(processes, 'up');
    await untilAll(processes, 'closed');
  });

  it('go on alone without a server, and together again with an empty one', async () => {
    const { processes } = await fleet();
    const running = await server();
    await running.kill();
    await until('all are on their own', () => processes.every(({ degraded }) => degraded > 0));
    await running.restart();
    meet(processes, 'down');
    await until(
      'the fleet is open',
      () => processes.every(({ state, scope }) => state !== 'closed' && scope === 'fleet'),
      15_000,
    );
    meet(processes, 'up');
    await untilAll(processes, 'closed');
  });
});
