import { failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, cameTo, fail } from './calls.js';
import { rejectionOf } from './caught.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('a shared breaker that is configured', () => {
  it('begins the next round of the fleet by its new limits', async () => {
    const [fleet, first, second] = await dueFleet();
    for (const { breaker } of fleet.members) breaker.configure({ maxTrials: 2, successThreshold: 2 });
    const answer = deferred<string>();
    const trials = [first, second].map(({ breaker }) => cameTo(breaker.execute(() => answer.promise)));
    await fleet.settle();
    expect(fleet.record?.leases).toHaveLength(2);
    expect(await call(first.breaker)).toBe('trial-limit');
    answer.resolve('value');
    expect(await Promise.all(trials)).toEqual(['success', 'success']);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('starts empty with a policy of another key, for itself and for the fleet', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    await fail(a.breaker, 4);
    await fleet.pass(HEARD);
    a.breaker.configure({ trip: failureRate({ threshold: 1, windowMs: 60_000, minimumCalls: 3 }) });
    expect(a.breaker.snapshot().failures).toBe(0);
    await fail(a.breaker, 2);
    await fleet.pass(HEARD);
    expect(a.breaker.state).toBe('closed');
    await fail(a.breaker, 1);
    expect(a.breaker.state).toBe('open');
    await fleet.pass(HEARD);
    expect(fleet.record?.state).toBe('open');
  });

  it('opens for as long as its new resetTimeoutMs says, and keeps what is open already', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 10_000 });
    const a = await fleet.join();
    await a.breaker.open();
    const { record } = fleet;
    a.breaker.configure({ resetTimeoutMs: 90_000 });
    await a.breaker.open();
    expect(fleet.record).toEqual(record);
    await a.breaker.close();
    await a.breaker.open();
    expect((fleet.record?.openUntilAt ?? 0) - (fleet.record?.changedAt ?? 0)).toBe(90_000);
  });

  it('touches no storage by that', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    breaker.configure({ failureThreshold: 3, resetTimeoutMs: 5 });
    await fleet.settle();
    expect(asked.operations).toEqual([]);
    await fail(breaker, 3);
    expect(breaker.state).toBe('open');
  });
});

describe('callers that wait together', () => {
  it('for a first answer are each their own: one may leave', async () => {
    const fleet = new Fleet();
    const { breaker, link } = fleet.joinCold();
    link.delay(80);
    const controller = new AbortController();
    const leaver = rejectionOf(breaker.execute(async () => 1, { signal: controller.signal }));
    const stayer = breaker.execute(async () => 'stayed');
    await fleet.pass(10);
    controller.abort(new Error('left'));
    expect(await leaver).toMatchObject({ message: 'left' });
    await fleet.pass(80);
    expect(await stayer).toBe('stayed');
    expect(breaker.counts).toMatchObject({ calls: 2, ignored: 1, successes: 1 });
  });

  it('a thousand of them for a first answer cost one read', async () => {
    const fleet = new Fleet();
    const { breaker, asked, link } = fleet.joinCold();
    link.delay(80);
    const calls = Array.from({ length: 1_000 }, () => call(breaker));
    await fleet.pass(80);
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['success']));
    expect(asked.reads).toBeLessThanOrEqual(2);
    expect(fleet.clock.pending).toBeLessThan(10);
  });
});
