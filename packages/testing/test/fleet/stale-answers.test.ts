import { describe, expect, it } from 'vitest';
import { call, fail } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

async function pair(options = {}) {
  const fleet = new Fleet(options);
  return { fleet, a: await fleet.join(), b: await fleet.join() };
}

describe('an answer that is older than what was learned meanwhile', () => {
  it('of a read is not believed: it is asked again', async () => {
    const { fleet, a, b } = await pair();
    await fleet.pass(3_600_000);
    b.link.delay(400);
    expect(b.breaker.state).toBe('closed');
    await fleet.pass(250);
    await a.breaker.open();
    await fleet.settle();
    expect(b.breaker.state).toBe('open');
    await fleet.passWith(2_000, 20, () => expect(b.breaker.state).toBe('open'));
    expect(b.recorder.of('state-change')).toHaveLength(1);
    expect(fleet.record).toMatchObject({ state: 'open', epoch: 1, revision: 1 });
  });

  it('of a read does not close what was opened again', async () => {
    const { fleet, a, b } = await pair();
    await a.breaker.open();
    await a.breaker.close();
    await fleet.pass(30_000);
    b.link.delay(400);
    expect(b.breaker.state).toBe('closed');
    await fleet.pass(250);
    await a.breaker.isolate();
    await fleet.passWith(2_000, 20, () => expect(b.breaker.state).toBe('isolated'));
    expect(fleet.record).toMatchObject({ state: 'isolated', epoch: 3 });
  });

  it('of an update does not undo a newer push', async () => {
    const { fleet, a, b } = await pair();
    b.link.delay(400);
    await fail(b.breaker);
    void b.breaker.flush();
    await fleet.pass(250);
    await a.breaker.isolate();
    await fleet.passWith(1_000, 20, () => expect(b.breaker.state).toBe('isolated'));
    expect(b.recorder.of('state-change')).toHaveLength(1);
  });

  it('of a report that found another era is dropped', async () => {
    const { fleet, a, b } = await pair();
    b.link.dropPushes();
    await fail(b.breaker, 4);
    await a.breaker.open();
    await a.breaker.close();
    await fleet.pass(HEARD);
    expect(fleet.record).toMatchObject({ state: 'closed', epoch: 2, revision: 2 });
    expect(b.breaker.snapshot().failures).toBe(0);
    await fail(b.breaker, 4);
    expect(b.breaker.state).toBe('closed');
    await fleet.pass(HEARD);
    expect(fleet.record?.revision).toBe(3);
  });
});

describe('what is shown', () => {
  it('has no gap while a storage that forgot is taught', async () => {
    const { fleet, a, b } = await pair();
    await a.breaker.isolate();
    await fleet.settle();
    for (const { link } of fleet.members) link.delay(100);
    fleet.storage.forget();
    await fleet.passWith(3_000, 20, async () => {
      expect(await call(a.breaker)).toBe('isolated');
      expect(await call(b.breaker)).toBe('isolated');
    });
    expect(fleet.record).toMatchObject({ state: 'isolated', epoch: 1 });
  });

  it('has no gap while a storage that is back is read and taught', async () => {
    const { fleet, a, b } = await pair();
    await a.breaker.isolate();
    await fleet.settle();
    a.link.fail();
    await fleet.passWith(2_000, 20, async () => expect(await call(a.breaker)).toBe('isolated'));
    expect(a.breaker.snapshot().degraded).toBe(true);
    fleet.storage.forget();
    a.link.heal();
    a.link.delay(100);
    await fleet.passWith(10_000, 20, async () => expect(await call(a.breaker)).toBe('isolated'));
    expect(a.breaker.snapshot().degraded).toBe(false);
    expect(fleet.record).toMatchObject({ state: 'isolated', epoch: 1 });
    expect([a, b].map(({ recorder }) => recorder.of('state-change').length)).toEqual([1, 1]);
  });

  it('is never older than the record by more than a poll, through races of rulings', async () => {
    const { fleet, a, b } = await pair();
    for (const { link } of fleet.members) link.delay(60);
    b.link.delayPushes(35);
    for (const ruling of ['open', 'close', 'isolate', 'close', 'open', 'close'] as const) {
      void a.breaker[ruling]();
      await fleet.pass(45);
      void b.breaker[ruling === 'close' ? 'open' : 'close']();
      await fleet.pass(30);
    }
    await fleet.passWith(2_000, 50, () => fleet.states);
    expect(a.breaker.state).toBe(fleet.record?.state);
    expect(b.breaker.state).toBe(fleet.record?.state);
  });
});
