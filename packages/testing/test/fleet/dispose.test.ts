import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import { CIRCUIT, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** Disposes of a breaker while time passes; says whether it came to an end. */
async function disposed(fleet: Fleet, { breaker }: Member, ms = 1_500): Promise<boolean> {
  let isDisposed = false;
  void breaker.dispose().then(() => {
    isDisposed = true;
  });
  await fleet.pass(ms);
  return isDisposed;
}

describe('dispose()', () => {
  it('leaves no timer, no subscription, and asks nothing afterwards', async () => {
    const fleet = new Fleet();
    const member = await fleet.join();
    await fail(member.breaker, 2);
    await member.breaker.dispose();
    expect(fleet.clock.pending).toBe(0);
    expect(fleet.storage.subscribers(CIRCUIT)).toBe(0);
    member.asked.clear();
    await fail(member.breaker, 2);
    await fleet.pass(60_000);
    expect(member.breaker.state).toBe('closed');
    await fail(member.breaker, 1);
    await fleet.pass(60_000);
    expect(member.breaker.state).toBe('open');
    expect(member.asked.operations).toEqual([]);
    expect(fleet.clock.pending).toBe(0);
  });

  it('sends what is pending', async () => {
    const fleet = new Fleet();
    const leaving = await fleet.join();
    const other = await fleet.join();
    await fail(leaving.breaker, 3);
    await leaving.breaker.dispose();
    await fail(other.breaker, 2);
    await fleet.pass(HEARD);
    expect(other.breaker.state).toBe('open');
  });

  it('lets the breaker go on alone, with its own circuit', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 1_000 });
    const leaving = await fleet.join();
    const other = await fleet.join();
    await leaving.breaker.dispose();
    await other.breaker.isolate();
    await fleet.pass(10_000);
    expect(await call(leaving.breaker)).toBe('success');
    await fail(leaving.breaker, 5);
    expect(leaving.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process', trips: 1 });
    expect(await call(leaving.breaker)).toBe('open');
    await fleet.pass(1_000);
    await succeed(leaving.breaker);
    await leaving.breaker.isolate();
    expect(leaving.breaker.state).toBe('isolated');
    await leaving.breaker.close();
    expect(leaving.breaker.state).toBe('closed');
    await leaving.breaker.ready();
    await leaving.breaker.flush();
    expect(other.breaker.state).toBe('isolated');
  });

  it('twice, or of a breaker that nobody used, is harmless', async () => {
    const fleet = new Fleet();
    const cold = fleet.joinCold();
    await cold.breaker.dispose();
    await cold.breaker.dispose();
    expect(cold.asked.updates).toBe(0);
    const warm = await fleet.join();
    await Promise.all([warm.breaker.dispose(), warm.breaker.dispose()]);
    expect(fleet.clock.pending).toBe(0);
    expect(warm.asked.operations.filter((operation) => operation === 'unsubscribe').length).toBe(1);
  });

  it.each(['fail', 'hang', 'loseReplies'] as const)(
    'comes to an end with a storage that is down: %s',
    async (fault) => {
      const fleet = new Fleet();
      const before = await fleet.join();
      await fail(before.breaker, 2);
      before.link[fault]();
      expect(await disposed(fleet, before)).toBe(true);
      const cold = fleet.joinCold();
      cold.link[fault]();
      const came = call(cold.breaker);
      expect(await disposed(fleet, cold)).toBe(true);
      expect(await came).toBe('success');
      const degraded = await fleet.join();
      degraded.link[fault]();
      await fail(degraded.breaker);
      await fleet.pass(3_000);
      expect(await disposed(fleet, degraded)).toBe(true);
      await fleet.pass(60_000);
      expect(fleet.clock.pending).toBe(0);
      expect(fleet.storage.subscribers(CIRCUIT)).toBe(0);
    },
  );

  it('while a lease is asked for leaves no call pending', async () => {
    const [fleet, first] = await dueFleet();
    first.link.delay(80);
    const came = call(first.breaker);
    expect(await disposed(fleet, first)).toBe(true);
    expect(['success', 'open', 'trial-limit']).toContain(await came);
    for (const { breaker } of fleet.members) await breaker.dispose();
    await fleet.pass(5_000);
    expect(fleet.clock.pending).toBe(0);
  });

  it('while a cold call waits leaves no call pending', async () => {
    const fleet = new Fleet();
    const cold = fleet.joinCold();
    cold.link.delay(80);
    const came = call(cold.breaker);
    expect(await disposed(fleet, cold)).toBe(true);
    expect(await came).toBe('success');
    expect(fleet.clock.pending).toBe(0);
  });

  it('while a trial runs lets the trial end, and the place is free sooner or later', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    const answer = deferred<string>();
    const trial = cameTo(first.breaker.execute(() => answer.promise));
    await fleet.settle();
    expect(await disposed(fleet, first)).toBe(true);
    answer.resolve('value');
    expect(await trial).toBe('success');
    await fleet.passWith(4_000, 100, () => call(second.breaker));
    expect(second.breaker.state).toBe('closed');
    expect(second.recorder.states).not.toContain('open');
    await second.breaker.dispose();
    await fleet.pass(30_000);
    expect(fleet.clock.pending).toBe(0);
  });

  it('frees the place of a lease that no call has used yet, sooner or later', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    expect(() => first.breaker.executeSync(() => 1)).toThrow(/half-open|open/);
    await fleet.settle();
    expect(fleet.record?.leases).toHaveLength(1);
    expect(await disposed(fleet, first)).toBe(true);
    await fleet.passWith(3_000, 100, () => call(second.breaker));
    expect(second.breaker.state).toBe('closed');
    expect(second.recorder.states).not.toContain('open');
  });

  it('does not wait for a hearing of its own; the fleet goes on without it', async () => {
    const fleet = new Fleet();
    const leaving = await fleet.join();
    const other = await fleet.join();
    await fail(leaving.breaker, 5);
    await leaving.breaker.flush();
    expect(await disposed(fleet, leaving)).toBe(true);
    await fleet.pass(1_000);
    await fail(other.breaker);
    await fleet.pass(HEARD);
    expect(other.breaker.state).toBe('open');
  });

  it('ends a scope', async () => {
    const fleet = new Fleet();
    const { breaker } = await fleet.join();
    await breaker[Symbol.asyncDispose]();
    expect(fleet.storage.subscribers(CIRCUIT)).toBe(0);
  });
});

describe('an idle breaker', () => {
  it('keeps no timer after a while, whatever it did', async () => {
    const [fleet, first, second, third] = await dueFleet({ trialTimeoutMs: 3_000 });
    await fail(first.breaker);
    await fleet.pass(12_000);
    await succeed(second.breaker);
    await fail(third.breaker, 5);
    await third.breaker.isolate();
    await first.breaker.close();
    await fleet.pass(120_000);
    expect(fleet.clock.pending).toBe(0);
  });
});
