import { describe, expect, it } from 'vitest';
import { call, cameTo, fail, succeed } from './calls.js';
import { rejectionOf } from './caught.js';
import { deferred } from './deferred.js';
import { EXTRA, Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const STATES = {
  open: 'open',
  halfOpen: 'half-open',
  isolate: 'isolated',
  disable: 'disabled',
} as const;
const rulings = Object.keys(STATES) as (keyof typeof STATES)[];

async function pair(options = {}) {
  const fleet = new Fleet(options);
  return { fleet, a: await fleet.join(), b: await fleet.join() };
}

describe('a ruling', () => {
  it.each(rulings)('holds for the fleet once it is settled: %s', async (ruling) => {
    const { fleet, a, b } = await pair();
    await a.breaker[ruling]();
    expect(a.breaker.snapshot()).toMatchObject({ state: STATES[ruling], scope: 'fleet' });
    await fleet.settle();
    expect(b.breaker.snapshot()).toMatchObject({ state: STATES[ruling], scope: 'fleet' });
    expect(fleet.record).toMatchObject({ state: STATES[ruling], epoch: 1 });
    expect((await fleet.join()).breaker.state).toBe(STATES[ruling]);
    await b.breaker.close();
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
  });

  it.each(rulings)('to the state that holds already writes nothing: %s', async (ruling) => {
    const { fleet, a, b } = await pair();
    await a.breaker[ruling]();
    await fleet.settle();
    const { record } = fleet;
    await fleet.pass(700);
    for (const { breaker, recorder } of [a, b]) {
      recorder.clear();
      await breaker[ruling]();
      expect(recorder.events).toEqual([]);
    }
    expect(fleet.record).toEqual(record);
  });

  it.each(rulings)('reads first on a cold breaker: %s', async (ruling) => {
    const fleet = new Fleet();
    const first = await fleet.join();
    await first.breaker.isolate();
    const cold = fleet.joinCold();
    await cold.breaker[ruling]();
    expect(cold.breaker.state).toBe(STATES[ruling]);
    expect(fleet.record?.epoch).toBe(ruling === 'isolate' ? 1 : 2);
    await fleet.settle();
    expect(first.breaker.state).toBe(STATES[ruling]);
  });

  it.each(rulings)('by a process that does not know the newest state is one on top of it: %s', async (ruling) => {
    const { fleet, a, b } = await pair();
    b.link.dropPushes();
    await a.breaker.open();
    await a.breaker.close();
    expect(fleet.record?.epoch).toBe(2);
    await b.breaker[ruling]();
    expect(fleet.record).toMatchObject({ state: STATES[ruling], epoch: 3 });
    await fleet.settle();
    expect(a.breaker.state).toBe(STATES[ruling]);
  });

  it('races with another: both settle, and all agree', async () => {
    const { fleet, a, b } = await pair();
    await Promise.all([a.breaker.isolate(), b.breaker.open(), a.breaker.disable(), b.breaker.halfOpen()]);
    await fleet.settle();
    expect(a.breaker.state).toBe(b.breaker.state);
    expect(a.breaker.state).toBe(fleet.record?.state);
  });
});

describe('open() and halfOpen()', () => {
  it('open is open for resetTimeoutMs, for all; then anyone may try', async () => {
    const { fleet, a, b } = await pair({ resetTimeoutMs: 4_000 });
    await a.breaker.open();
    await fleet.settle();
    expect(fleet.record).toMatchObject({ trips: 1 });
    expect(await call(b.breaker)).toBe('open');
    await fleet.pass(4_000 + EXTRA);
    await succeed(b.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('open again does not extend it', async () => {
    const { fleet, a, b } = await pair({ resetTimeoutMs: 4_000 });
    await a.breaker.open();
    await fleet.pass(3_000);
    await b.breaker.open();
    await fleet.pass(1_000 + EXTRA);
    await succeed(a.breaker);
  });

  it('half-open needs a lease of the fleet', async () => {
    const { fleet, a, b } = await pair();
    await a.breaker.halfOpen();
    await fleet.settle();
    const answer = deferred<string>();
    const trial = cameTo(b.breaker.execute(() => answer.promise));
    await fleet.settle();
    expect(fleet.record?.leases).toHaveLength(1);
    expect(await call(a.breaker)).toBe('trial-limit');
    answer.resolve('value');
    expect(await trial).toBe('success');
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed']);
  });
});

describe('isolate() and disable()', () => {
  it('isolated rejects everywhere, however long', async () => {
    const { fleet, a, b } = await pair({ resetTimeoutMs: 10 });
    await a.breaker.isolate();
    expect(fleet.record).not.toHaveProperty('keepUntilAt');
    await fleet.pass(10 * 24 * 3_600_000);
    expect(b.breaker.state).toBe('isolated');
    expect(await rejectionOf(b.breaker.execute(async () => 1))).toMatchObject({
      reason: 'isolated',
      retryAfterMs: undefined,
    });
    expect(b.asked.updates).toBe(0);
  });

  it('disabled lets everything pass, counts it, and sends nothing', async () => {
    const { fleet, a, b } = await pair();
    await a.breaker.disable();
    await fleet.settle();
    b.recorder.clear();
    await fail(b.breaker, 20);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['disabled', 'disabled']);
    expect(b.breaker.counts).toMatchObject({ calls: 20, failures: 20 });
    expect(b.recorder.of('failure')).toHaveLength(20);
    expect(b.asked.updates).toBe(0);
    await a.breaker.close();
    await fleet.pass(HEARD);
    expect(b.breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
  });
});

describe('close()', () => {
  it('always commits a new epoch, also of a closed circuit', async () => {
    const { fleet, a, b } = await pair();
    for (let epoch = 1; epoch <= 3; epoch += 1) {
      await (epoch === 2 ? a : b).breaker.close();
      expect(fleet.record).toMatchObject({ state: 'closed', epoch });
    }
    expect(new Set([a, b].flatMap(({ recorder }) => recorder.types))).toEqual(new Set());
  });

  it("empties every process's own circuit", async () => {
    const { fleet, a, b } = await pair();
    await fail(a.breaker, 4);
    await b.breaker.close();
    await fleet.settle();
    expect(a.breaker.snapshot().failures).toBe(0);
    await fail(a.breaker, 4);
    expect(a.breaker.state).toBe('closed');
  });

  it("closes what is open for a process alone, by its own word and by another's", async () => {
    const { fleet, a, b } = await pair();
    for (const { breaker } of [a, b]) {
      await fail(a.breaker, 5);
      expect(a.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
      await breaker.close();
      await fleet.settle();
      expect(a.breaker.state).toBe('closed');
      expect(await call(a.breaker)).toBe('success');
    }
    expect(a.recorder.states).toEqual(['open', 'closed', 'open', 'closed']);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('voids the failures that were about to be sent', async () => {
    const { fleet, a, b } = await pair();
    await fail(a.breaker, 3);
    await b.breaker.close();
    await fleet.settle();
    await fail(b.breaker, 2);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['closed', 'closed']);
  });
});
