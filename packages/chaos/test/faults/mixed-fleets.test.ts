import { until } from '@breaker/redis-server-for-tests';
import { describeOnRedis } from '@breaker/redis-server-for-tests/on-redis';
import { describe, expect, it } from 'vitest';
import type { Member } from '../../src/index.js';
import { itHasKeptItsPromises, shareFleet } from './shared-fleet.js';

const HOUR_MS = 3_600_000;
const TIMES = { resetTimeoutMs: 300, trialTimeoutMs: 1_000 };

describeOnRedis('Processes', () => {
  describe('that go by a failure rate', () => {
    const failureRate = { threshold: 0.5, windowMs: 2_000, minimumCalls: 20 };
    const shared = shareFleet({ processes: 3, breaker: { ...TIMES, failureRate } });

    it('open and close together', async () => {
      shared.meet('down');
      await shared.untilOpenForAll();
      shared.meet('up');
      await shared.untilAll('closed');
    });

    it('stay closed where one of them fails and makes the smaller part of the calls', async () => {
      const [broken, ...others] = shared.members as [Member, ...Member[]];
      const { epoch } = await shared.stored();
      shared.meet('down', [broken]);
      await shared.untilAll('open', [broken]);
      await until(
        'a hearing is lifted',
        async () => (await shared.stored()).hearingEndsAt === undefined && broken.trials > 1,
      );
      expect(broken.scope).toBe('process');
      expect(others.map(({ state }) => state)).toEqual(['closed', 'closed']);
      expect(await shared.stored()).toMatchObject({ state: 'closed', epoch });
    });

    itHasKeptItsPromises(shared);
  });

  describe('that share trips', () => {
    const shared = shareFleet({
      processes: 3,
      breaker: { ...TIMES, resetTimeoutMs: 1_000, shareTrips: { quorum: 2 } },
    });

    it('open for all when a quorum of them is open, and not before', async () => {
      const [one, other, last] = shared.members as [Member, Member, Member];
      one.meet('down');
      await shared.untilAll('open', [one]);
      await until(
        'its vote is cast',
        async () => ((await shared.stored()) as { memory?: unknown[] }).memory?.length === 1,
      );
      expect([one.scope, other.state, last.state]).toEqual(['process', 'closed', 'closed']);
      other.meet('down');
      await shared.untilOpenForAll();
      shared.meet('up');
      await shared.untilAll('closed');
    });

    itHasKeptItsPromises(shared);
  });

  describe('with different options, as in a rolling deploy', () => {
    const shared = shareFleet({ processes: 2, breaker: { ...TIMES, failureThreshold: 5 } });

    it('open and close together', async () => {
      await shared.fleet.add({ ...TIMES, failureThreshold: 3, maxTrials: 2, successThreshold: 2 });
      await shared.fleet.add({
        ...TIMES,
        failureThreshold: 9,
        trialTimeoutMs: 5_000,
        shareOutcomes: { hearingMs: 50 },
      });
      for (let round = 0; round < 3; round++) {
        shared.meet('down');
        await shared.untilOpenForAll();
        shared.meet('up');
        await shared.untilAll('closed');
      }
    });

    it('are ruled together, by whoever rules', async () => {
      for (const member of shared.members) {
        await member.rule('isolate');
        await shared.untilAll('isolated');
        await member.rule('close');
        await shared.untilAll('closed');
      }
    });

    itHasKeptItsPromises(shared);
  });

  describe('whose clocks are hours apart', () => {
    const shared = shareFleet({ processes: 1, breaker: TIMES });

    it('open and close together', async () => {
      for (const clockAheadMs of [-3 * HOUR_MS, 5 * HOUR_MS]) await shared.fleet.add({ ...TIMES, clockAheadMs });
      for (let round = 0; round < 3; round++) {
        shared.meet('down');
        await shared.untilOpenForAll();
        shared.meet('up');
        await shared.untilAll('closed');
      }
      expect(shared.degradations).toEqual([0, 0, 0]);
    });

    itHasKeptItsPromises(shared);
  });

  describe('with policies of two kinds', () => {
    const shared = shareFleet({ processes: 2, breaker: TIMES });

    it('are all open, be it for themselves, and all closed again', async () => {
      const failureRate = { threshold: 0.5, windowMs: 2_000, minimumCalls: 10 };
      for (let more = 0; more < 2; more++) await shared.fleet.add({ ...TIMES, failureRate });
      for (let round = 0; round < 3; round++) {
        shared.meet('down');
        await shared.until('all are open', ({ state }) => state !== 'closed');
        shared.meet('up');
        await shared.untilAll('closed');
      }
    });

    itHasKeptItsPromises(shared);
  });
});
