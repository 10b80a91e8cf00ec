import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import type { Member } from '../../src/index.js';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

const HOUR_MS = 3_600_000;
/** Much longer than the test may take. */
const RESET_TIMEOUT_MS = HOUR_MS / 2;

describeOnRedis("Processes whose server's clock is stepped", () => {
  const shared = shareFleet({ processes: 3, breaker: { resetTimeoutMs: RESET_TIMEOUT_MS, trialTimeoutMs: 1_000 } });
  const stepClocks = (ms: number) => shared.onEachNetwork((network) => network.stepClocks(ms));

  it.each([
    ['forward', HOUR_MS],
    ['back', 0],
    ['back still further', -HOUR_MS],
  ])('try what is open at once, and close it: %s', async (_, ms) => {
    const before = shared.degradations;
    await openForAll();
    stepClocks(ms);
    await shared.untilAll('closed');
    expect(shared.degradations).toEqual(before);
  });

  it('know what has become of it when they were suspended meanwhile', async () => {
    const [sleeper, ...others] = shared.members as [Member, ...Member[]];
    stepClocks(0);
    await openForAll();
    shared.fleet.freeze(sleeper);
    stepClocks(HOUR_MS);
    await shared.untilAll('closed', others);
    shared.fleet.thaw(sleeper);
    await shared.untilAll('closed');
    stepClocks(0);
  });

  it.each([
    ['forward', HOUR_MS],
    ['back', 0],
  ])('find the place free of a holder that is killed: %s', async (_, ms) => {
    const holder = await shared.addHolderOfTheLease();
    stepClocks(ms);
    await shared.fleet.kill(holder);
    await shared.untilAll('closed');
  });

  it.each([
    ['forward', HOUR_MS],
    ['back', 0],
  ])('hold a hearing that comes to its end: %s', async (_, ms) => {
    const before = shared.degradations;
    const [first, ...others] = shared.members;
    shared.meet('unused', others);
    first?.meet('down');
    await until('a hearing is on', async () => (await shared.stored()).hearingEndsAt !== undefined);
    stepClocks(ms);
    shared.meet('down');
    await shared.untilOpenForAll();
    await shared.members[0]?.rule('close');
    shared.meet('up');
    await shared.untilAll('closed');
    expect(shared.degradations).toEqual(before);
  });

  itHasKeptItsPromises(shared);

  /** Open, and not due for half an hour. */
  async function openForAll(): Promise<void> {
    shared.meet('down');
    await shared.untilOpenForAll();
    shared.meet('up');
    expect(shared.members.map(({ state }) => state)).toEqual(['open', 'open', 'open']);
  }
});
