import { failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const trip = failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 10 });

describe('a failure rate of the whole fleet', () => {
  it('opens for all where half of all calls fail, of which none has enough alone', async () => {
    const fleet = new Fleet({ trip });
    for (let place = 0; place < 4; place += 1) await fleet.join();
    for (const { breaker } of fleet.members) await fail(breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(4).fill('open'));
  });

  it('needs minimumCalls in all', async () => {
    const fleet = new Fleet({ trip });
    for (let place = 0; place < 3; place += 1) await fleet.join();
    for (const { breaker } of fleet.members) await fail(breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(Array(3).fill('closed'));
  });

  it('sends the successes of the window with the failures', async () => {
    const fleet = new Fleet({ trip });
    const a = await fleet.join();
    const b = await fleet.join();
    await succeed(a.breaker, 6);
    await fail(a.breaker, 5);
    await a.breaker.flush();
    await fail(b.breaker, 1);
    await b.breaker.flush();
    await fleet.pass(HEARD);
    // 6 failures of 12 calls
    expect(fleet.record?.state).toBe('open');
  });

  it('stays closed by the successes of those who are heard', async () => {
    const fleet = new Fleet({ trip });
    const bad = await fleet.join();
    const good = await fleet.join();
    await succeed(good.breaker, 30);
    expect(good.asked.updates).toBe(0);
    await fail(bad.breaker, 12);
    await fleet.pass(HEARD);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    expect(good.breaker.state).toBe('closed');
    expect(good.asked.updates).toBe(1);
    expect(fleet.record?.hearingEndsAt).toBeUndefined();
  });

  it('does not make all of 200 witnesses speak', async () => {
    const fleet = new Fleet({ trip });
    const bad = await fleet.join();
    for (let place = 0; place < 200; place += 1) {
      const { breaker, link } = await fleet.join();
      await succeed(breaker, 5);
      link.delay(4);
    }
    await fail(bad.breaker, 20);
    await fleet.pass(HEARD);
    expect(fleet.record?.state).toBe('closed');
    const spoke = fleet.members.slice(1).filter(({ asked }) => asked.updates > 0).length;
    expect(spoke).toBeGreaterThan(0);
    expect(spoke).toBeLessThan(100);
  });

  it('is not saved by successes that have left the window', async () => {
    const fleet = new Fleet({ trip });
    const bad = await fleet.join();
    const good = await fleet.join();
    await succeed(good.breaker, 30);
    await fleet.pass(12_000);
    await fail(bad.breaker, 12);
    await fleet.pass(HEARD);
    expect(good.breaker.state).toBe('open');
  });

  it('reports each success once', async () => {
    const fleet = new Fleet({ trip });
    const bad = await fleet.join();
    const good = await fleet.join();
    await succeed(good.breaker, 12);
    await fail(bad.breaker, 10);
    await fleet.pass(HEARD);
    expect(good.breaker.state).toBe('closed');
    // 10 of 22 so far, 12 of 24 with two more: were the 12 successes sent twice, it would be 12 of 36
    const third = await fleet.join();
    await fail(third.breaker, 2);
    await fleet.pass(HEARD);
    expect(good.breaker.state).toBe('open');
  });

  it('forgets failures that have left the window', async () => {
    const fleet = new Fleet({ trip });
    const a = await fleet.join();
    const b = await fleet.join();
    await fail(a.breaker, 9);
    await fleet.pass(12_000);
    await fail(b.breaker, 9);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('trips no one long after, where the opener of its hearing died', async () => {
    const fleet = new Fleet({ trip });
    const opener = await fleet.join();
    const other = await fleet.join();
    await fail(opener.breaker, 10);
    await opener.breaker.flush();
    opener.crash();
    await fleet.pass(30_000);
    await fail(other.breaker);
    await fleet.pass(HEARD);
    expect(other.breaker.state).toBe('closed');
    expect(fleet.record?.state).toBe('closed');
  });
});
