import { fileURLToPath } from 'node:url';
import { type ServerForTests, startServer, until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { afterAll, afterEach, beforeAll, it } from 'vitest';
import { checkHistory, Fleet, single } from '../src/index.js';

describeOnRedis('The checker, over a real server', () => {
  let server: ServerForTests;
  const endings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    for (const end of endings.splice(0).reverse()) await end();
    await server.command('FLUSHALL');
  });

  afterAll(() => server.stop());

  async function fleetOf(program: string): Promise<Fleet> {
    const path = fileURLToPath(new URL(`./programs/${program}.ts`, import.meta.url));
    const fleet = await Fleet.start({ servers: single(server), processes: 3, program: path });
    endings.push(
      () => fleet.forget(),
      () => fleet.stop(),
    );
    return fleet;
  }

  async function untilItFinds(fleet: Fleet, invariant: number): Promise<void> {
    const isFound = () => checkHistory(fleet.history()).some((violation) => violation.invariant === invariant);
    await until(`invariant ${invariant} is found broken`, isFound, 20_000);
  }

  it('finds a storage that commits without a guard', async () => {
    const fleet = await fleetOf('unguarded-member');
    fleet.meet('flaky');
    await untilItFinds(fleet, 2);
  });

  it('finds processes that take more places for trials than there are', async () => {
    const fleet = await fleetOf('greedy-member');
    fleet.meet('down');
    await fleet.until('the fleet is open', ({ state, scope }) => state !== 'closed' && scope === 'fleet');
    fleet.meet('hanging');
    await untilItFinds(fleet, 1);
  });
});
