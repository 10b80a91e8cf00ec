import { CircuitOpenError, CircuitTrippedError } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { rejectionOf } from './caught.js';
import { deferred } from './deferred.js';
import { dueFleet, OPEN } from './due-fleet.js';
import { EXTRA, Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('when the fleet is due', () => {
  it('admits one trial in the whole fleet', async () => {
    const [fleet] = await dueFleet();
    const answer = deferred<string>();
    let runs = 0;
    const running = fleet.members.map(({ breaker }) =>
      cameTo(
        breaker.execute(() => {
          runs += 1;
          return answer.promise;
        }),
      ),
    );
    await fleet.settle();
    expect(runs).toBe(1);
    expect(fleet.record?.leases).toHaveLength(1);
    answer.resolve('value');
    const came = await Promise.all(running);
    expect(came.filter((each) => each === 'success')).toHaveLength(1);
    expect(came.filter((each) => each === 'trial-limit')).toHaveLength(2);
  });

  it('admits none before', async () => {
    const fleet = new Fleet({ resetTimeoutMs: OPEN });
    const { breaker, asked } = await fleet.join();
    await breaker.open();
    await fleet.pass(OPEN - 1);
    expect(await call(breaker)).toBe('open');
    expect(asked.writes).toBe(1);
  });

  it('admits maxTrials of them, whoever asks', async () => {
    const [fleet, first] = await dueFleet({ maxTrials: 3 });
    const answer = deferred<string>();
    const running = [...fleet.members, first].map(({ breaker }) => cameTo(breaker.execute(() => answer.promise)));
    await fleet.settle();
    const late = fleet.members.map(({ breaker }) => cameTo(breaker.execute(() => answer.promise)));
    await fleet.settle();
    expect(fleet.record?.leases?.length).toBeLessThanOrEqual(3);
    expect(fleet.record?.leases?.length).toBeGreaterThanOrEqual(2);
    answer.resolve('value');
    const came = await Promise.all([...running, ...late]);
    const made = came.filter((each) => each === 'success').length;
    expect(made).toBe(3);
    expect(came.filter((each) => each === 'trial-limit')).toHaveLength(came.length - made);
  });

  it('closes after successThreshold successes, wherever they are made', async () => {
    const [fleet, first, second, third] = await dueFleet({ successThreshold: 2 });
    await succeed(first.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['half-open', 'half-open', 'half-open']);
    expect(third.breaker.snapshot()).toMatchObject({ scope: 'fleet', successes: 1 });
    await succeed(second.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('opens again at once where a trial fails, for all', async () => {
    const [fleet, first] = await dueFleet();
    const error = new Error('down');
    const seen = await rejectionOf(first.breaker.execute(() => Promise.reject(error)));
    expect(seen).toBeInstanceOf(CircuitTrippedError);
    expect(seen).toMatchObject({ cause: error });
    await fleet.settle();
    expect(fleet.states).toEqual(['open', 'open', 'open']);
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
    for (const { breaker } of fleet.members) expect(await call(breaker)).toBe('open');
    await fleet.pass(OPEN + EXTRA);
    await succeed(first.breaker);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'closed', trips: 0 });
  });

  it('frees the place of an ignored trial', async () => {
    const [fleet, first, second] = await dueFleet({ ignore: [() => true] });
    await fail(first.breaker);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'half-open', leases: [], trips: 1 });
    await succeed(second.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it('a trial of the fleet settles its lease and nothing else', async () => {
    const [fleet, first] = await dueFleet({ failureThreshold: 1 });
    await fail(first.breaker);
    await fleet.pass(5_000);
    expect(fleet.record).toMatchObject({ state: 'open', trips: 2 });
    expect(first.asked.writes).toBe(2);
    await first.breaker.close();
    expect(first.breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('keeps maxTrials and successThreshold as they were when the round began', async () => {
    const [fleet, first, second] = await dueFleet({ successThreshold: 2 });
    await succeed(first.breaker);
    await fleet.settle();
    for (const { breaker } of fleet.members) breaker.configure({ successThreshold: 5, maxTrials: 5 });
    const answer = deferred<string>();
    const trial = first.breaker.execute(() => answer.promise);
    await fleet.settle();
    expect(await call(second.breaker)).toBe('trial-limit');
    answer.resolve('value');
    await trial;
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });
});

describe('others, meanwhile', () => {
  it('are rejected with 0 while the lease is being asked for', async () => {
    const [fleet, first] = await dueFleet();
    first.link.delay(60);
    const trial = call(first.breaker);
    const seen = await rejectionOf(first.breaker.execute(async () => 'never'));
    expect(seen).toBeInstanceOf(CircuitOpenError);
    expect(seen).toMatchObject({ reason: 'trial-limit', retryAfterMs: 0 });
    await fleet.pass(60);
    expect(await trial).toBe('success');
  });

  it("are rejected with the time to the earliest lease's end", async () => {
    const [fleet, first] = await dueFleet({ trialTimeoutMs: 4_000 });
    const answer = deferred<string>();
    const trial = first.breaker.execute(() => answer.promise);
    await fleet.pass(1_000);
    for (const { breaker } of fleet.members) {
      const { reason, retryAfterMs } = (await rejectionOf(breaker.execute(async () => 'never'))) as CircuitOpenError;
      expect(reason).toBe('trial-limit');
      expect(retryAfterMs).toBeGreaterThan(2_800);
      expect(retryAfterMs).toBeLessThanOrEqual(3_000);
    }
    answer.resolve('value');
    await trial;
  });
});

describe('the extra delay of each process', () => {
  it.each([
    [10_000, 200],
    [500, 50],
    [60_000, 200],
  ])('after %i ms of open is at most %i ms', async (resetTimeoutMs, extraMs) => {
    const fleet = new Fleet({ resetTimeoutMs });
    const delays = new Set<number>();
    for (let place = 0; place < 40; place += 1) await fleet.join();
    await fleet.members[0]?.breaker.open();
    await fleet.settle();
    for (const { breaker } of fleet.members) {
      const { retryAfterMs } = (await rejectionOf(breaker.execute(async () => 'never'))) as CircuitOpenError;
      expect(retryAfterMs).toBeGreaterThanOrEqual(resetTimeoutMs);
      expect(retryAfterMs).toBeLessThanOrEqual(resetTimeoutMs + extraMs);
      delays.add(retryAfterMs as number);
    }
    expect(delays.size).toBeGreaterThan(20);
  });
});
