import { failureCount, lastCalls, shareTrips } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const SOON = 110;

async function sharingTrips(quorum: number, options = {}): Promise<[Fleet, Member, Member, Member]> {
  const fleet = new Fleet({ sharing: shareTrips({ quorum }), resetTimeoutMs: 10_000, ...options });
  return [fleet, await fleet.join(), await fleet.join(), await fleet.join()];
}

describe('with shareTrips', () => {
  it('one process opens for all, by choice, without a hearing', async () => {
    const [fleet, bad, good] = await sharingTrips(1);
    await succeed(good.breaker, 5);
    await fail(bad.breaker, 5);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open' });
    await fleet.pass(SOON);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
    expect(bad.breaker.snapshot().scope).toBe('fleet');
    expect(fleet.record).toMatchObject({ state: 'open', trips: 1 });
  });

  it('the default quorum is 1', async () => {
    const [fleet, bad] = await sharingTrips(2, { sharing: shareTrips() });
    await fail(bad.breaker, 5);
    await fleet.pass(SOON);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
  });

  it('nothing is sent until a process trips', async () => {
    const [fleet, bad, other] = await sharingTrips(1);
    for (let round = 0; round < 10; round += 1) {
      await fail(bad.breaker, 4);
      await fleet.pass(500);
      await succeed(bad.breaker);
    }
    await fail(other.breaker, 4);
    await fleet.pass(5_000);
    expect(bad.asked.updates + other.asked.updates).toBe(0);
    await fail(bad.breaker, 5);
    await fleet.pass(SOON);
    expect(bad.asked.updates).toBe(1);
  });

  it('a quorum of 2 takes two processes', async () => {
    const [fleet, first, second] = await sharingTrips(2);
    await fail(first.breaker, 5);
    await fleet.pass(1_000);
    expect(fleet.states).toEqual(['open', 'closed', 'closed']);
    expect(first.breaker.snapshot().scope).toBe('process');
    await fail(second.breaker, 5);
    await fleet.pass(SOON);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
  });

  it('the failures of many that have not tripped are no votes', async () => {
    const [fleet, first, second, third] = await sharingTrips(2);
    for (const { breaker } of [first, second, third]) await fail(breaker, 4);
    await fleet.pass(5_000);
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('one process votes once, however often it trips', async () => {
    const [fleet, bad, other] = await sharingTrips(2, { resetTimeoutMs: 400 });
    await fleet.passWith(5_000, 100, () => fail(bad.breaker, 5));
    expect(bad.breaker.snapshot().trips).toBeGreaterThan(3);
    expect(fleet.states).toEqual(['open', 'closed', 'closed']);
    await fail(other.breaker, 5);
    await fleet.pass(SOON);
    expect(fleet.record?.state).toBe('open');
  });

  it('a vote lapses', async () => {
    const [fleet, first, second] = await sharingTrips(2);
    await fail(first.breaker, 5);
    await fleet.pass(3_600_000);
    await fail(second.breaker, 5);
    await fleet.pass(SOON);
    expect(fleet.record?.state).toBe('closed');
    expect(second.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
  });

  it('a vote counts in its epoch only', async () => {
    const [fleet, first, second, third] = await sharingTrips(2);
    await fail(first.breaker, 5);
    await fleet.pass(SOON);
    await third.breaker.close();
    await fleet.settle();
    expect(first.breaker.state).toBe('closed');
    await fail(second.breaker, 5);
    await fleet.pass(SOON);
    expect(fleet.states).toEqual(['closed', 'open', 'closed']);
  });

  it('an own open circuit runs its own trials without leases while the fleet is closed', async () => {
    const [fleet, bad] = await sharingTrips(2);
    await fail(bad.breaker, 5);
    await fleet.pass(10_000);
    bad.asked.clear();
    await succeed(bad.breaker);
    expect(bad.breaker.state).toBe('closed');
    expect(bad.asked.updates).toBe(0);
  });

  it('the fleet runs its trials by leases, as ever', async () => {
    const [fleet, bad, other] = await sharingTrips(1);
    await fail(bad.breaker, 5);
    await fleet.pass(SOON + 10_000 + EXTRA);
    expect(await Promise.all([call(other.breaker), call(other.breaker)])).toEqual(['success', 'trial-limit']);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('policies that cannot be merged work too', async () => {
    for (const trip of [failureCount({ threshold: 3, windowMs: 1_000 }), lastCalls({ size: 4, threshold: 0.5 })]) {
      const [fleet, bad] = await sharingTrips(1, { trip });
      await fail(bad.breaker, 4);
      await fleet.pass(SOON);
      expect(fleet.states).toEqual(['open', 'open', 'open']);
    }
  });
});
