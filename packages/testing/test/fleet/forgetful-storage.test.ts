import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** The longest time between two polls of a breaker in use, while closed and while not. */
const POLL = 7_600;
const FAST_POLL = 800;

async function pair(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet(options);
  return [fleet, await fleet.join(), await fleet.join()];
}

describe('a storage that forgets', () => {
  it('is taught an open circuit again, as it was', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 20_000 });
    await a.breaker.open();
    const { record } = fleet;
    fleet.storage.forget('orders');
    await fleet.passWith(FAST_POLL, 50, () => call(b.breaker));
    expect(fleet.record).toMatchObject({
      state: 'open',
      epoch: record?.epoch,
      era: record?.era,
      openUntilAt: record?.openUntilAt,
      trips: 1,
    });
    expect(fleet.record?.revision).toBeGreaterThan(record?.revision ?? 0);
    for (const { recorder } of [a, b]) expect(recorder.of('state-change')).toHaveLength(1);
    expect(b.asked.updates).toBeLessThanOrEqual(1);
  });

  it('is taught so that a newcomer knows', async () => {
    const [fleet, a] = await pair();
    await a.breaker.isolate();
    fleet.storage.forget();
    await fleet.passWith(FAST_POLL, 50, () => call(a.breaker));
    expect((await fleet.join()).breaker.state).toBe('isolated');
  });

  it('is taught an isolated circuit after any time', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.isolate();
    await fleet.pass(30 * 24 * 3_600_000);
    fleet.storage.forget();
    expect(b.breaker.state).toBe('isolated');
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'isolated', epoch: 1 });
  });

  it('is taught nothing by one whose view is closed', async () => {
    const [fleet, a, b] = await pair();
    await fail(a.breaker, 3);
    await fleet.pass(HEARD);
    fleet.storage.forget();
    await fleet.passWith(POLL, 500, () => succeed(b.breaker));
    expect(fleet.record).toBeUndefined();
    await fail(b.breaker, 2);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
    expect(fleet.record?.state).toBe('closed');
  });

  it('leaves the own circuit of each process as it is', async () => {
    const [fleet, a] = await pair();
    await fail(a.breaker, 4);
    await fleet.pass(HEARD);
    fleet.storage.forget();
    await fleet.pass(POLL);
    await fail(a.breaker);
    expect(a.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
  });

  it('is believed where the view is past its own keepUntilAt', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 1_000 });
    await a.breaker.open();
    await fleet.pass(600_000);
    expect(fleet.record).toBeUndefined();
    expect(b.breaker.state).toBe('open');
    await fleet.settle();
    expect(b.breaker.state).toBe('closed');
    expect(fleet.record).toBeUndefined();
    expect(b.recorder.of('state-change').at(-1)).toMatchObject({
      from: 'open',
      to: 'closed',
      scope: 'fleet',
      reason: 'adopted',
    });
  });

  it('between a due circuit and its first trial is taught and asked in one update', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 2_000 });
    await a.breaker.open();
    await fleet.passWith(2_000 + EXTRA, 100, () => b.breaker.state);
    await fleet.settle();
    fleet.storage.forget();
    b.asked.clear();
    await succeed(b.breaker);
    await fleet.settle();
    expect(fleet.record).toMatchObject({ state: 'closed' });
    expect(fleet.record?.epoch).toBeGreaterThan(1);
    expect(b.asked.updates).toBeLessThanOrEqual(2);
    expect(a.breaker.state).toBe('closed');
  });

  it('never uses an epoch and era twice', async () => {
    const [fleet, a, b] = await pair();
    const used = new Map<string, string>();
    const look = (): void => {
      const { record } = fleet;
      if (record === undefined) return;
      const identity = `${record.epoch} ${record.era}`;
      expect(used.get(identity) ?? record.state).toBe(record.state);
      used.set(identity, record.state);
    };
    for (let round = 0; round < 5; round += 1) {
      for (const ruling of ['open', 'close', 'isolate', 'close'] as const) {
        await (round % 2 === 0 ? a : b).breaker[ruling]();
        await fleet.settle();
        look();
      }
      fleet.storage.forget();
    }
    expect(used.size).toBe(20);
  });
});

describe('a storage that goes back to older data', () => {
  it('is taught what is newer and not closed', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.close();
    const older = fleet.record;
    await a.breaker.isolate();
    fleet.storage.corrupt('orders', older);
    await fleet.passWith(FAST_POLL, 50, () => call(b.breaker));
    expect(fleet.record).toMatchObject({ state: 'isolated', epoch: 2 });
    expect(fleet.states).toEqual(['isolated', 'isolated']);
  });

  it('is believed by those whose view is closed', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 60_000 });
    await a.breaker.open();
    const older = fleet.record;
    await a.breaker.close();
    await fleet.settle();
    fleet.storage.corrupt('orders', older);
    await fleet.passWith(POLL, 100, () => Promise.all([call(a.breaker), call(b.breaker)]));
    expect(fleet.states).toEqual(['open', 'open']);
    expect(fleet.record?.state).toBe('open');
  });

  it('is believed also with the same numbers but another era or content', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    const { record } = fleet;
    const openUntilAt = (record?.openUntilAt ?? 0) - 30_000;
    fleet.storage.corrupt('orders', { ...record, era: 'of another lineage', openUntilAt });
    await fleet.passWith(FAST_POLL, 50, () => call(b.breaker));
    expect(b.breaker.snapshot().retryAfterMs).toBeLessThanOrEqual(30_200);
    expect(fleet.record).toMatchObject({ era: 'of another lineage', openUntilAt });
  });

  it('that forgot a lease is no wedge', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 2_000, trialTimeoutMs: 3_000 });
    await a.breaker.open();
    const older = fleet.record;
    await fleet.pass(2_000 + EXTRA);
    let answer: (value: string) => void = () => undefined;
    const trial = a.breaker.execute(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    await fleet.settle();
    expect(fleet.record?.leases).toHaveLength(1);
    fleet.storage.corrupt('orders', older);
    answer('value');
    expect(await trial).toBe('value');
    await fleet.passWith(6_000, 100, () => call(b.breaker));
    expect(fleet.states).toEqual(['closed', 'closed']);
  });
});
