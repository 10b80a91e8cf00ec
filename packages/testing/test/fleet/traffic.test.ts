import { failureRate } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD } from './fleet.js';
import { takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

describe('a closed circuit', () => {
  it('makes no update for successes, however many', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await fleet.passWith(30_000, 100, () => succeed(breaker, 5));
    expect(asked.updates).toBe(0);
    expect(asked.reads).toBeGreaterThan(0);
    expect(asked.reads).toBeLessThanOrEqual(20);
    expect(fleet.record).toBeUndefined();
  });

  it('makes none for successes after a failure was sent either', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await fail(breaker);
    await fleet.pass(HEARD);
    asked.clear();
    await fleet.passWith(5_000, 50, () => succeed(breaker));
    expect(asked.updates).toBe(0);
  });

  it('makes none for ignored outcomes', async () => {
    const fleet = new Fleet({ ignore: [() => true] });
    const { breaker, asked } = await fleet.join();
    await fail(breaker, 10);
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(0);
    expect(breaker.counts).toMatchObject({ calls: 10, ignored: 10 });
  });

  it('never sends failures that a success cancels within flushIntervalMs', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    for (let round = 0; round < 20; round += 1) {
      await fail(breaker, 4);
      await fleet.pass(5);
      await succeed(breaker);
      await fleet.pass(200);
    }
    expect(asked.updates).toBe(0);
    expect(fleet.record).toBeUndefined();
  });

  it('sends N outcomes in one commit', async () => {
    const fleet = new Fleet({ failureThreshold: 100 });
    const { breaker, asked } = await fleet.join();
    await fail(breaker, 60);
    expect(asked.updates).toBe(0);
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(1);
    expect(asked.writes).toBe(1);
  });

  it('sends nothing twice', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    const other = await fleet.join();
    await fail(breaker, 2);
    await fleet.pass(10_000);
    expect(asked.updates).toBe(1);
    await fail(other.breaker, 2);
    await fleet.pass(10_000);
    expect(fleet.states).toEqual(['closed', 'closed']);
    await fail(other.breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it('tells the fleet of slow successes where they count, in one commit', async () => {
    const trip = failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 6, slowCallMs: 50 });
    const fleet = new Fleet({ trip });
    const { breaker, asked } = await fleet.join();
    const other = await fleet.join();
    const slowly = (): Promise<void> => new Promise((resolve) => void fleet.clock.setTimeout(resolve, 60));
    const calls = [breaker.execute(slowly), breaker.execute(slowly), breaker.execute(slowly)];
    await fleet.pass(60);
    await Promise.all(calls);
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(1);
    const more = [1, 2, 3].map(() => other.breaker.execute(slowly));
    await fleet.pass(60);
    await Promise.all(more);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it("hands its failures over behind the caller's back", async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    link.delay(400);
    await fail(breaker, 4);
    expect(breaker.counts.failures).toBe(4);
    await fleet.pass(200);
    await succeed(breaker);
    expect(breaker.snapshot().degraded).toBe(false);
  });
});

describe('an open circuit that is not due', () => {
  it('makes no operation for rejections but the polls', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await breaker.open();
    asked.clear();
    await fleet.passWith(30_000, 10, async () => expect(await call(breaker)).toBe('open'));
    expect(asked.updates).toBe(0);
    expect(asked.reads).toBeGreaterThan(30);
    expect(asked.reads).toBeLessThan(130);
    expect(breaker.counts.rejected).toBe(3_000);
  });

  it('reads nothing at all for many rejections at once', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await breaker.open();
    asked.clear();
    for (let times = 0; times < 100; times += 1) await call(breaker);
    expect(asked.operations).toEqual([]);
  });
});

describe('a fleet of 1 000', () => {
  it('that fails at once makes a bounded burst', async () => {
    const fleet = new Fleet();
    for (let place = 0; place < 1_000; place += 1) await fleet.join();
    for (const { breaker } of fleet.members) await fail(breaker);
    await fleet.pass(HEARD);
    expect(new Set(fleet.states)).toEqual(new Set(['open']));
    const updates = fleet.members.map(({ asked }) => asked.updates);
    const writes = fleet.members.reduce((sum, { asked }) => sum + asked.writes, 0);
    expect(Math.max(...updates)).toBeLessThanOrEqual(3);
    expect(writes).toBeLessThan(50);
    expect(fleet.record).toMatchObject({ state: 'open', trips: 1 });
  });

  it('asks for its one trial a few times only', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 2_000, syncIntervalMs: 60_000 });
    for (let place = 0; place < 1_000; place += 1) await fleet.join();
    await fleet.members[0]?.breaker.open();
    await fleet.pass(1_999);
    for (const { asked } of fleet.members) asked.clear();
    await fleet.passWith(EXTRA + 20, 20, () => Promise.all(fleet.members.map(({ breaker }) => call(breaker))));
    expect(new Set(fleet.states)).toEqual(new Set(['closed']));
    expect(fleet.members.reduce((sum, { asked }) => sum + asked.updates, 0)).toBeLessThan(100);
  });
});
