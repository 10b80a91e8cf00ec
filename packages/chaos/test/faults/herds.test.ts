import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { expect, it } from 'vitest';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

const ALL = 50;
const FAILING = 30;
/** So many processes, and their networks, take the machine's time from each other. What they cost is told by counting. */
const UNHURRIED = 10;
const RESET_TIMEOUT_MS = 2_000;

describeOnRedis('Fifty processes', () => {
  const shared = shareFleet({
    processes: ALL,
    breaker: { resetTimeoutMs: RESET_TIMEOUT_MS, trialTimeoutMs: 10_000 },
    flows: 1,
    pauseMs: 100,
    pace: UNHURRIED,
  });

  it('open once for all where thirty of them trip at once, and none goes on alone', async () => {
    await shared.untilAllHaveTheStorage();
    const before = losses().length;
    const failing = shared.members.slice(0, FAILING);
    shared.meet('unused', shared.members.slice(FAILING));
    const transactions = await transactionsSoFar();
    shared.meet('down', failing);
    await shared.untilOpenForAll();
    // Who loses a race finds that all is said. Were each to say it again, each would lose to every other.
    expect((await transactionsSoFar()) - transactions).toBeLessThan(4 * FAILING);
    expect(tripped()).toBe(1);
    expect(losses().slice(before)).toEqual([]);
  });

  it('make one trial at a time when the circuit is due for all at once, close together, and none goes on alone', async () => {
    const before = losses().length;
    const transactions = await transactionsSoFar();
    shared.meet('up');
    await shared.untilAll('closed');
    expect((await transactionsSoFar()) - transactions).toBeLessThan(ALL);
    expect(mostTrialsAtOnce()).toBe(1);
    expect(losses().slice(before)).toEqual([]);
  });

  itHasKeptItsPromises(shared);

  /** Why processes have lost their storage so far. */
  function losses(): readonly string[] {
    return shared.fleet.history().flatMap((event) => (event.type === 'degraded' ? [event.error] : []));
  }

  /** How often the fleet's circuit has opened because of failures, as those tell who made it open. */
  function tripped(): number {
    return shared.fleet
      .history()
      .filter(
        (event) =>
          event.type === 'told' && event.scope === 'fleet' && event.origin === 'local' && event.reason === 'tripped',
      ).length;
  }

  /** How many the server was asked to commit, those that lost their race included. */
  async function transactionsSoFar(): Promise<number> {
    const stats = String(await (await shared.server()).command('INFO', 'commandstats'));
    return Number(/cmdstat_exec:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  }

  function mostTrialsAtOnce(): number {
    let running = 0;
    let most = 0;
    for (const event of shared.fleet.history()) {
      if (event.type === 'trial-began') most = Math.max(most, ++running);
      else if (event.type === 'called' && event.isTrial) running--;
    }
    return most;
  }
});
