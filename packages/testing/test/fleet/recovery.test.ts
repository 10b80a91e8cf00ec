import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { deferred } from './deferred.js';
import { dueFleet } from './due-fleet.js';
import { EXTRA, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const RECOVERED = 10_000;

async function pair(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet(options);
  return [fleet, await fleet.join(), await fleet.join()];
}

/** Lets a process lose its storage, and know it. */
async function degrade(fleet: Fleet, { breaker, link }: Member): Promise<void> {
  link.fail();
  link.dropPushes();
  await fleet.passWith(8_000, 200, () => call(breaker));
  expect(breaker.snapshot().degraded).toBe(true);
}

describe('after an outage', () => {
  it('what others ruled meanwhile is adopted', async () => {
    const [fleet, a, b] = await pair();
    await degrade(fleet, a);
    await b.breaker.isolate();
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(a.breaker.state).toBe('isolated');
    expect(a.recorder.of('state-change')).toHaveLength(1);
    expect(a.recorder.of('state-change')[0]).toMatchObject({ scope: 'fleet', origin: 'remote' });
  });

  it('what the private circuit found is not taught: the fleet stays closed', async () => {
    const [fleet, a, b] = await pair();
    await degrade(fleet, a);
    await fail(a.breaker, 10);
    await fleet.pass(HEARD);
    expect(a.breaker.state).toBe('open');
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(b.breaker.state).toBe('closed');
    expect(fleet.record?.state ?? 'closed').toBe('closed');
  });

  it('what the private circuit found is not taught: the fleet stays open', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 30_000 });
    await a.breaker.open();
    await fleet.settle();
    a.link.fail();
    await fleet.passWith(30_000 + EXTRA, 200, () => call(a.breaker));
    await succeed(a.breaker);
    expect(b.breaker.state).toBe('open');
    const { record } = fleet;
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.record?.era).toBe(record?.era);
    expect([a.breaker.state, b.breaker.state]).toEqual(['open', 'open']);
  });

  it('the view that it left with is taught to a storage that forgot', async () => {
    const [fleet, a] = await pair({ resetTimeoutMs: 60_000 });
    await a.breaker.open();
    const { record } = fleet;
    for (const member of fleet.members) member.link.fail();
    await fleet.passWith(2_000, 100, () => call(a.breaker));
    fleet.storage.forget();
    for (const member of fleet.members) member.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.record).toMatchObject({ state: 'open', era: record?.era, openUntilAt: record?.openUntilAt });
    expect(a.recorder.of('state-change')).toHaveLength(1);
  });

  it('all views and the record agree', async () => {
    const [fleet, a, b] = await pair();
    await degrade(fleet, a);
    for (const ruling of ['open', 'close', 'disable', 'close', 'open'] as const) await b.breaker[ruling]();
    a.link.heal();
    await fleet.pass(RECOVERED);
    for (const { breaker } of [a, b]) {
      expect(breaker.snapshot()).toMatchObject({ state: 'open', scope: 'fleet', epoch: fleet.record?.epoch });
    }
  });

  it('counts are exact', async () => {
    const [fleet, a] = await pair();
    await degrade(fleet, a);
    await fail(a.breaker, 3);
    await succeed(a.breaker, 2);
    a.link.heal();
    await fleet.pass(RECOVERED);
    const { calls, successes, failures, ignored, rejected } = a.breaker.counts;
    expect([calls, failures, ignored + rejected]).toEqual([45, 3, 0]);
    expect(successes).toBe(42);
  });
});

describe('what was in flight', () => {
  it('is never counted twice: a report whose reply was lost', async () => {
    const [fleet, a, b] = await pair();
    a.link.loseReplies();
    await fail(a.breaker, 3);
    await fleet.pass(300);
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(a.breaker.snapshot().degraded).toBe(false);
    await fail(b.breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
    await fail(b.breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it('is dropped: a report that never arrived', async () => {
    const [fleet, a, b] = await pair();
    a.link.fail();
    await fail(a.breaker, 4);
    await fleet.pass(300);
    a.link.heal();
    await fleet.pass(RECOVERED);
    await fail(b.breaker, 3);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('is harmless where it lands late: a report that hung', async () => {
    const [fleet, a, b] = await pair();
    await fail(a.breaker, 4);
    a.link.hang();
    await fleet.pass(700);
    expect(a.breaker.snapshot().degraded).toBe(true);
    a.link.heal();
    await fleet.pass(RECOVERED);
    await fail(b.breaker, 1);
    await fleet.pass(HEARD);
    // 4 of a, once or never, and 1 of b
    const opened = b.breaker.state === 'open';
    expect(fleet.record?.state).toBe(opened ? 'open' : 'closed');
    expect(a.breaker.snapshot().degraded).toBe(false);
  });

  it('voids nothing newer where it lands late: a ruling that hung', async () => {
    const [fleet, a, b] = await pair();
    a.link.hang();
    const seen = a.breaker.isolate().catch((error: unknown) => error);
    await fleet.pass(600);
    expect(await seen).toMatchObject({ mayHaveBeenApplied: true });
    await b.breaker.open();
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it.each(['fail', 'hang', 'loseReplies'] as const)(
    'a settlement whose lease still stands is repeated: %s',
    async (fault) => {
      const [fleet, first, second] = await dueFleet();
      const answer = deferred<string>();
      const trial = cameTo(first.breaker.execute(() => answer.promise));
      await fleet.settle();
      first.link[fault]();
      answer.resolve('value');
      expect(await trial).toBe('success');
      await fleet.pass(700);
      first.link.heal();
      await fleet.pass(RECOVERED);
      expect(fleet.record).toMatchObject({ state: 'closed', trips: 0 });
      expect([first.breaker.state, second.breaker.state]).toEqual(['closed', 'closed']);
    },
  );

  it('a settlement is not repeated where its lease is gone', async () => {
    const [fleet, first, second] = await dueFleet({ trialTimeoutMs: 3_000 });
    const answer = deferred<string>();
    const trial = cameTo(first.breaker.execute(() => answer.promise));
    await fleet.settle();
    first.link.fail();
    answer.reject(new Error('down'));
    expect(await trial).toBe('failure');
    await fleet.pass(3_100);
    await succeed(second.breaker);
    await fleet.settle();
    expect(second.breaker.state).toBe('closed');
    first.link.heal();
    await fleet.pass(RECOVERED);
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });
});
