import { failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const MINUTE = 60_000;

async function one(options = {}) {
  const fleet = new Fleet(options);
  const { breaker } = await fleet.join();
  const kept = (): number => (fleet.record?.keepUntilAt ?? Number.NaN) - (fleet.record?.changedAt ?? 0);
  return { fleet, breaker, kept };
}

describe('a record', () => {
  it('is small and plain JSON', async () => {
    const { fleet, breaker } = await one({ resetTimeoutMs: 1_000 });
    await fail(breaker, 3);
    await breaker.flush();
    expect(JSON.stringify(fleet.record).length).toBeLessThan(400);
    await breaker.open();
    await fleet.pass(1_000 + EXTRA);
    const permit = await breaker.acquire();
    expect(fleet.record).toMatchObject({ schema: expect.any(Number), state: 'half-open', epoch: 2, successes: 0 });
    expect(JSON.stringify(fleet.record).length).toBeLessThan(400);
    permit.succeed();
  });

  it('is kept for a minute at least, and for as long as its state can matter', async () => {
    const closed = await one();
    await fail(closed.breaker);
    await closed.breaker.flush();
    expect(closed.kept()).toBeGreaterThanOrEqual(MINUTE);
    expect(closed.kept()).toBeLessThan(3 * MINUTE);

    const open = await one({ resetTimeoutMs: 20 * MINUTE });
    await open.breaker.open();
    expect(open.kept()).toBeGreaterThan(20 * MINUTE);

    const windowed = await one({ trip: failureRate({ threshold: 0.5, windowMs: 10 * MINUTE }) });
    await fail(windowed.breaker);
    await windowed.breaker.flush();
    expect(windowed.kept()).toBeGreaterThanOrEqual(10 * MINUTE);

    const trying = await one({ trialTimeoutMs: 5 * MINUTE });
    await trying.breaker.halfOpen();
    const permit = await trying.breaker.acquire();
    expect(trying.kept()).toBeGreaterThanOrEqual(5 * MINUTE);
    permit.succeed();
  });

  it('is kept for ever where it was ruled so', async () => {
    for (const ruling of ['isolate', 'disable'] as const) {
      const { fleet, breaker } = await one();
      await breaker[ruling]();
      expect(fleet.record).not.toHaveProperty('keepUntilAt');
    }
  });

  it('is refreshed by no declined change', async () => {
    const { fleet, breaker } = await one();
    await breaker.halfOpen();
    const permit = await breaker.acquire();
    const { record } = fleet;
    const other = await fleet.join();
    await fleet.passWith(5_000, 100, () => other.breaker.execute(async () => 1).catch(() => undefined));
    expect(fleet.record).toEqual(record);
    permit.succeed();
  });

  it('is kept as long as somebody confirms what it says', async () => {
    const { fleet, breaker } = await one();
    await fail(breaker);
    await fleet.pass(HEARD);
    await fleet.passWith(2 * MINUTE, 1_000, async () => {
      expect(fleet.record).toBeDefined();
      await succeed(breaker);
      await fail(breaker);
    });
  });

  it('shows a streak that is over as nothing remembered, by its epoch', async () => {
    const { fleet, breaker } = await one({ resetTimeoutMs: 1_000 });
    await fail(breaker, 5);
    await fleet.pass(HEARD + 1_000 + EXTRA);
    await succeed(breaker);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'closed', epoch: 3, trips: 0 });
    expect(fleet.record?.openUntilAt).toBeUndefined();
    expect(fleet.record?.leases).toBeUndefined();
    expect(fleet.record?.hearingEndsAt).toBeUndefined();
  });
});
