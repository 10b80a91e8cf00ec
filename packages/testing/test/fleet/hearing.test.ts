import { shareOutcomes } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

async function badAmong(others: number, options = {}): Promise<{ fleet: Fleet; bad: Member; good: Member[] }> {
  const fleet = new Fleet(options);
  const bad = await fleet.join();
  const good: Member[] = [];
  for (let place = 0; place < others; place += 1) good.push(await fleet.join());
  return { fleet, bad, good };
}

describe('one bad process among others that succeed', () => {
  it('opens for itself and for no one else', async () => {
    const { fleet, bad, good } = await badAmong(2);
    await fleet.passWith(20_000, 100, async () => {
      await fail(bad.breaker);
      for (const { breaker } of good) await succeed(breaker);
    });
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    for (const { recorder } of good) expect(recorder.of('state-change')).toEqual([]);
    expect(fleet.record).toMatchObject({ state: 'closed', epoch: 0 });
  });

  it('opens for no one else where it fails all at once', async () => {
    const { fleet, bad, good } = await badAmong(2);
    await fail(bad.breaker, 50);
    await fleet.passWith(2_000, 30, async () => {
      for (const { breaker } of good) await succeed(breaker);
    });
    expect(fleet.states).toEqual(['open', 'closed', 'closed']);
    expect(fleet.record?.hearingEndsAt).toBeUndefined();
  });

  it('opens for no one else while its own trials fail again and again', async () => {
    const { fleet, bad, good } = await badAmong(3, { resetTimeoutMs: 300 });
    await fleet.passWith(20_000, 50, async () => {
      await fail(bad.breaker);
      for (const { breaker } of good) await succeed(breaker);
    });
    expect(bad.breaker.snapshot().scope).toBe('process');
    expect(bad.breaker.snapshot().trips).toBeGreaterThan(5);
    for (const { recorder } of good) expect(recorder.of('state-change')).toEqual([]);
  });

  it('opens for no one else where the others succeed with a latency of the storage', async () => {
    const { fleet, bad, good } = await badAmong(2);
    for (const { link } of fleet.members) link.delay(20);
    await fleet.passWith(20_000, 50, async () => {
      await fail(bad.breaker);
      for (const { breaker } of good) await succeed(breaker);
    });
    expect(fleet.states).toEqual(['open', 'closed', 'closed']);
  });

  it('opens for all where nobody else says a word', async () => {
    const { fleet, bad } = await badAmong(2);
    await fail(bad.breaker, 5);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
  });

  it('is not saved by successes of before its failures began', async () => {
    const { fleet, bad, good } = await badAmong(2);
    for (const { breaker } of good) await succeed(breaker, 20);
    await fail(bad.breaker, 2);
    await fleet.pass(HEARD);
    await fail(bad.breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
  });

  it('is answered by a success of since the streak began, without another call', async () => {
    const { fleet, bad, good } = await badAmong(2);
    await fail(bad.breaker, 2);
    await fleet.pass(HEARD);
    await succeed((good[0] as Member).breaker);
    await fail(bad.breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'closed', 'closed']);
  });

  it('is answered once by each success: the next streak needs another', async () => {
    const { fleet, bad, good } = await badAmong(2, { resetTimeoutMs: 300 });
    await fail(bad.breaker, 2);
    await fleet.pass(HEARD);
    await succeed((good[0] as Member).breaker);
    await fleet.passWith(10_000, 100, () => fail(bad.breaker));
    expect(fleet.record?.state).toBe('open');
  });
});

describe('a hearing', () => {
  it("is on for hearingMs in the record, by the storage's clock", async () => {
    const { fleet, bad } = await badAmong(1, { sharing: shareOutcomes({ flushIntervalMs: 0, hearingMs: 400 }) });
    await fail(bad.breaker, 5);
    await fleet.pass(10);
    const { record } = fleet;
    expect(record).toMatchObject({ state: 'closed', epoch: 0 });
    expect((record?.hearingEndsAt ?? 0) - (record?.changedAt ?? 0)).toBe(400);
    await fleet.pass(380);
    expect(fleet.record?.state).toBe('closed');
    await fleet.pass(100);
    expect(fleet.record?.state).toBe('open');
  });

  it('does not make all of 200 witnesses speak', async () => {
    const { fleet, bad, good } = await badAmong(200);
    await fail(bad.breaker, 2);
    await fleet.pass(HEARD);
    for (const { breaker } of good) await succeed(breaker);
    for (const { link } of good) link.delay(4);
    await fail(bad.breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.record?.state).toBe('closed');
    const spoke = good.filter(({ asked }) => asked.updates > 0).length;
    expect(spoke).toBeGreaterThan(0);
    expect(spoke).toBeLessThan(100);
  });

  it('lets those who have nothing to say be silent', async () => {
    const { fleet, bad, good } = await badAmong(5);
    await fail(bad.breaker, 5);
    await fleet.pass(HEARD);
    for (const { asked } of good) expect(asked.updates).toBe(0);
    expect(bad.asked.writes).toBe(2);
  });

  it('of no length trips by its second report', async () => {
    const { fleet, bad } = await badAmong(1, { sharing: shareOutcomes({ hearingMs: 0 }) });
    await fail(bad.breaker, 5);
    await fleet.pass(HEARD);
    expect(fleet.record?.state).toBe('open');
  });

  it('keeps calls going while it is on', async () => {
    const { fleet, bad, good } = await badAmong(1, { sharing: shareOutcomes({ hearingMs: 1_000 }) });
    await fail(bad.breaker, 5);
    await fleet.pass(200);
    expect(await call((good[0] as Member).breaker)).toBe('success');
  });

  it.each([20, 60, 150, 1_000, 5_000])('of %i ms is long enough for a witness that is at hand', async (hearingMs) => {
    for (let seed = 0; seed < 10; seed += 1) {
      const { fleet, bad, good } = await badAmong(1 + seed, { sharing: shareOutcomes({ hearingMs }) });
      await fail(bad.breaker, 2);
      await bad.breaker.flush();
      await fleet.settle();
      for (const { breaker } of good) await succeed(breaker);
      await fail(bad.breaker, 3);
      await bad.breaker.flush();
      expect(fleet.record?.hearingEndsAt).toBeDefined();
      await fleet.pass(hearingMs + 200);
      expect(fleet.record).toMatchObject({ state: 'closed', epoch: 0 });
      expect(fleet.record?.hearingEndsAt).toBeUndefined();
    }
  });

  it('hears a success that is made while it is on, up to shortly before its end', async () => {
    for (const afterMs of [0, 20, 60, 90]) {
      const { fleet, bad, good } = await badAmong(1);
      await fail(bad.breaker, 5);
      await bad.breaker.flush();
      await fleet.pass(afterMs);
      await succeed((good[0] as Member).breaker);
      await fleet.pass(HEARD);
      expect(fleet.record).toMatchObject({ state: 'closed', epoch: 0 });
    }
  });
});
