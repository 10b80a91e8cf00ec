import { exponentialBackoff, failureRate, shareTrips } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('two processes with different options', () => {
  it.each([
    ['policies', { trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) }],
    ['thresholds', { failureThreshold: 2 }],
    ['ways of sharing', { sharing: shareTrips() }],
    ['times', { resetTimeoutMs: 500, trialTimeoutMs: 900, maxTrials: 3, successThreshold: 2 }],
  ])('go on together: %s', async (_, others) => {
    const fleet = new Fleet({ resetTimeoutMs: 1_000 });
    const a = await fleet.join();
    const b = await fleet.join(others);
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      await one.breaker.open();
      await fleet.settle();
      expect(other.breaker.state).toBe('open');
      await other.breaker.close();
      await fleet.settle();
      expect(one.breaker.state).toBe('closed');
      await fleet.passWith(1_000, 50, async () => {
        await fail(one.breaker);
        await fail(other.breaker);
      });
      expect(fleet.states).toEqual(['open', 'open']);
      await fleet.passWith(8_000, 100, async () => {
        await call(one.breaker);
        await call(other.breaker);
      });
      expect(fleet.states).toEqual(['closed', 'closed']);
    }
    for (const { recorder } of [a, b]) expect(recorder.of('storage-degraded')).toEqual([]);
  });

  it('with the same kind of policy remember together, whatever their thresholds', async () => {
    const fleet = new Fleet();
    const strict = await fleet.join({ failureThreshold: 4 });
    const patient = await fleet.join({ failureThreshold: 50 });
    await fail(patient.breaker, 3);
    await fleet.pass(HEARD);
    await fail(strict.breaker, 1);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it('after configure remember what they remembered', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    await fail(a.breaker, 4);
    await fleet.pass(HEARD);
    for (const { breaker } of [a, b]) breaker.configure({ failureThreshold: 6 });
    await fail(b.breaker, 1);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
    await fail(b.breaker, 1);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });
});

describe('resetTimeoutMs of a shared circuit', () => {
  it('is asked with the trips of the fleet', async () => {
    const fleet = new Fleet({ resetTimeoutMs: exponentialBackoff({ initialMs: 1_000, maxMs: 60_000, jitter: 0 }) });
    const a = await fleet.join();
    const b = await fleet.join();
    await a.breaker.open();
    for (const ms of [1_000, 2_000, 4_000]) {
      await fleet.settle();
      const { record } = fleet;
      expect((record?.openUntilAt ?? 0) - (record?.changedAt ?? 0)).toBe(ms);
      await fleet.pass(ms + EXTRA);
      await fail(b.breaker);
    }
    await fleet.pass(8_000 + EXTRA);
    await succeed(a.breaker);
  });

  it('that throws, or gives no duration, gives way to the default, and is reported once', async () => {
    for (const resetTimeoutMs of [
      () => {
        throw new Error('broken');
      },
      () => Number.NaN,
      () => 'soon' as never,
    ]) {
      const fleet = new Fleet({ resetTimeoutMs });
      const { breaker, recorder, link } = await fleet.join();
      link.conflict(2);
      await breaker.open();
      expect((fleet.record?.openUntilAt ?? 0) - (fleet.record?.changedAt ?? 0)).toBe(60_000);
      expect(recorder.of('listener-error')).toHaveLength(1);
      expect(recorder.of('listener-error')[0]).toMatchObject({ source: 'resetTimeoutMs' });
      expect(recorder.of('storage-degraded')).toEqual([]);
    }
  });

  it('is handed numbers drawn once: a change that runs again gives the same', async () => {
    const drawn: number[] = [];
    const fleet = new Fleet({
      resetTimeoutMs: (_, random) => {
        drawn.push(random());
        return 1_000;
      },
    });
    const { breaker, link } = await fleet.join();
    link.conflict(4);
    await breaker.open();
    expect(drawn.length).toBeGreaterThanOrEqual(5);
    expect(new Set(drawn).size).toBe(1);
  });

  it('a policy that throws inside a change is passed over, and reported', async () => {
    const fleet = new Fleet();
    const broken = {
      key: 'broken',
      mergeable: true,
      initial: () => 0,
      record: (memory: number) => memory,
      trips: () => {
        throw new Error('broken');
      },
    };
    const { breaker, recorder } = await fleet.join({ trip: broken });
    await fail(breaker, 2);
    await fleet.pass(HEARD);
    await succeed(breaker);
    expect(breaker.snapshot().degraded).toBe(false);
    expect(recorder.of('listener-error').length).toBeGreaterThan(0);
    expect(await call(breaker)).toBe('success');
  });
});
