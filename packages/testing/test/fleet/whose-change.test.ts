import { describe, expect, it } from 'vitest';
import { fail } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const RECOVERED = 10_000;

describe('a change whose reply was lost', () => {
  it('is ours by the era that we drew, and is told once', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    a.link.loseReplies();
    await a.breaker.open().catch(() => undefined);
    await fleet.pass(50);
    a.link.heal();
    await fleet.pass(RECOVERED);
    expect(a.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'fleet', degraded: false });
    expect(a.recorder.of('state-change')).toHaveLength(1);
    expect(a.recorder.of('state-change')[0]).toMatchObject({ from: 'closed', to: 'open', origin: 'local' });
    expect(b.recorder.of('state-change')).toMatchObject([{ origin: 'remote' }]);
  });

  it("is nobody's where its maker died", async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    const c = await fleet.join();
    a.link.loseReplies();
    a.link.dropPushes();
    const ruled = a.breaker.isolate().catch(() => undefined);
    await ruled;
    a.crash();
    await fleet.pass(100);
    for (const { recorder } of [b, c]) {
      expect(recorder.of('state-change')).toMatchObject([{ to: 'isolated', origin: 'remote' }]);
    }
  });
});

describe('a cold process', () => {
  it.each([20, 60])('misses nothing that is pushed before its first answer: after %i ms', async (ms) => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const cold = fleet.joinCold();
    cold.link.delay(90);
    void cold.breaker.ready();
    await fleet.pass(ms);
    await a.breaker.isolate();
    await fleet.pass(200 - ms);
    expect(cold.breaker.state).toBe('isolated');
    await fleet.pass(1_000);
    expect(cold.recorder.of('state-change')).toHaveLength(1);
  });
});

describe('the events of an outage', () => {
  it('are told to their own methods, with what all events have', async () => {
    const told: unknown[] = [];
    const fleet = new Fleet();
    const { breaker, link, clock } = await fleet.join({
      listeners: [{ onStorageDegraded: (event) => told.push(event), onStorageRecovered: (event) => told.push(event) }],
    });
    await fail(breaker);
    link.fail();
    await breaker.flush();
    const degradedAt = clock.now();
    link.heal();
    await fleet.pass(RECOVERED);
    expect(told).toMatchObject([
      { type: 'storage-degraded', breaker, circuit: 'orders', at: degradedAt, epoch: expect.any(Number) },
      { type: 'storage-recovered', breaker, circuit: 'orders', at: expect.any(Number), epoch: expect.any(Number) },
    ]);
  });
});

describe('many flushes at once', () => {
  it('make one commit', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await fail(breaker, 3);
    await Promise.all([breaker.flush(), breaker.flush(), breaker.flush()]);
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(1);
  });
});
