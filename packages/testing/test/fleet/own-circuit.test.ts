import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { deferred } from './deferred.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** A process that is open for itself alone, thanks to a witness. */
async function openAlone(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet({ resetTimeoutMs: 5_000, ...options });
  const [bad, good] = [await fleet.join(), await fleet.join()];
  await fail(bad.breaker, 5);
  await fleet.passWith(HEARD, 20, () => succeed(good.breaker));
  expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process', epoch: 1 });
  expect(good.breaker.state).toBe('closed');
  return [fleet, bad, good];
}

describe('the own circuit of a process', () => {
  it('runs its trials at its time, without leases, while the fleet is closed', async () => {
    const [fleet, bad] = await openAlone({ successThreshold: 2 });
    await fleet.pass(5_000 - HEARD);
    bad.asked.clear();
    await succeed(bad.breaker);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'half-open', scope: 'process', successes: 1 });
    await succeed(bad.breaker);
    expect(bad.breaker.state).toBe('closed');
    expect(bad.asked.updates).toBe(0);
    expect(bad.recorder.of('state-change').map(({ scope, origin }) => `${scope} ${origin}`)).toEqual([
      'process local',
      'process local',
      'process local',
    ]);
  });

  it('opens again at once where its trial fails, and the fleet is not asked', async () => {
    const [fleet, bad, good] = await openAlone();
    await fleet.pass(5_000 - HEARD);
    await fail(bad.breaker);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process', trips: 2 });
    await fleet.pass(HEARD);
    expect(good.breaker.state).toBe('closed');
  });

  it('rests while the fleet is not closed: a trial of its own that ends then is late', async () => {
    for (const isGood of [true, false]) {
      const [fleet, bad, good] = await openAlone();
      await fleet.pass(5_000 - HEARD);
      const answer = deferred<string>();
      const trial = cameTo(bad.breaker.execute(() => answer.promise));
      await fleet.settle();
      expect(bad.breaker.snapshot()).toMatchObject({ state: 'half-open', scope: 'process' });
      await good.breaker.isolate();
      await fleet.settle();
      expect(bad.breaker.state).toBe('isolated');
      if (isGood) answer.resolve('late');
      else answer.reject(new Error('late'));
      await trial;
      expect(bad.recorder.of(isGood ? 'success' : 'failure').at(-1)).toMatchObject({ late: true });
      expect(fleet.states).toEqual(['isolated', 'isolated']);
      await good.breaker.close();
      await fleet.settle();
      expect(bad.breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
      expect(fleet.clock.pending).toBeLessThan(4);
    }
  });

  it('is emptied by a round of the fleet, whoever began it', async () => {
    const [fleet, bad, good] = await openAlone();
    await good.breaker.halfOpen();
    await fleet.settle();
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'half-open', scope: 'fleet' });
    await succeed(good.breaker);
    await fleet.settle();
    expect(bad.breaker.state).toBe('closed');
    expect(await call(bad.breaker)).toBe('success');
  });

  it('is told when it is closed by the fleet: once', async () => {
    const [fleet, bad, good] = await openAlone();
    bad.recorder.clear();
    await good.breaker.close();
    await fleet.settle();
    expect(bad.recorder.of('state-change')).toHaveLength(1);
    expect(bad.recorder.of('state-change')[0]).toMatchObject({ from: 'open', to: 'closed', origin: 'remote' });
    expect(good.recorder.of('state-change')).toEqual([]);
  });

  it('goes on with a trial of its own when the fleet forgets what it never changed', async () => {
    const [fleet, bad] = await openAlone();
    await fleet.pass(5_000 - HEARD);
    const answer = deferred<string>();
    const trial = cameTo(bad.breaker.execute(() => answer.promise));
    await fleet.settle();
    fleet.storage.forget();
    await fleet.passWith(8_000, 500, () => bad.breaker.state);
    answer.resolve('value');
    expect(await trial).toBe('success');
    expect(bad.breaker.state).toBe('closed');
  });
});

describe('a hearing', () => {
  it('ends with the epoch in which it was opened', async () => {
    const fleet = new Fleet();
    const [bad, good] = [await fleet.join(), await fleet.join()];
    await fail(bad.breaker, 5);
    await bad.breaker.flush();
    expect(fleet.record?.hearingEndsAt).toBeDefined();
    await good.breaker.close();
    expect(fleet.record?.hearingEndsAt).toBeUndefined();
    await fleet.pass(2_000);
    expect(fleet.states).toEqual(['closed', 'closed']);
    expect(fleet.record).toMatchObject({ epoch: 1, revision: 2 });
  });
});

describe('a call that was admitted before its process opened for itself', () => {
  it('and succeeds then is a witness: the fleet stays closed', async () => {
    const fleet = new Fleet();
    const [bad, other] = [await fleet.join(), await fleet.join()];
    const answer = deferred<string>();
    const running = cameTo(bad.breaker.execute(() => answer.promise));
    await fail(bad.breaker, 5);
    await bad.breaker.flush();
    expect(bad.breaker.state).toBe('open');
    answer.resolve('value');
    expect(await running).toBe('success');
    await fleet.pass(HEARD);
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    expect(other.breaker.state).toBe('closed');
    expect(fleet.record).toMatchObject({ state: 'closed', epoch: 0 });
  });
});
