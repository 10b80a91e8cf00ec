import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('a snapshot', () => {
  it("shows the process's own circuit while the fleet is closed", async () => {
    const fleet = new Fleet({ resetTimeoutMs: 20_000 });
    const { breaker, clock } = await fleet.join();
    await fleet.join();
    expect(breaker.snapshot()).toMatchObject({ name: 'orders', state: 'closed', scope: 'process', degraded: false });
    await fail(breaker, 5);
    expect(breaker.snapshot()).toMatchObject({
      state: 'open',
      scope: 'process',
      trips: 1,
      openUntilAt: clock.now() + 20_000,
      retryAfterMs: 20_000,
    });
  });

  it("shows the fleet's where it is not closed, by this process's clock", async () => {
    const fleet = new Fleet({ resetTimeoutMs: 20_000 });
    const a = await fleet.join();
    const b = await fleet.join();
    await a.breaker.open();
    await fleet.settle();
    await fleet.pass(5_000);
    for (const { breaker, clock } of [a, b]) {
      const { openUntilAt, retryAfterMs, ...rest } = breaker.snapshot();
      expect(rest).toMatchObject({ state: 'open', scope: 'fleet', epoch: fleet.record?.epoch, successes: 0 });
      expect(openUntilAt).toBeGreaterThanOrEqual(clock.now() + 15_000);
      expect(openUntilAt).toBeLessThanOrEqual(clock.now() + 15_200);
      expect(retryAfterMs).toBeGreaterThanOrEqual(15_000);
      expect(retryAfterMs).toBeLessThanOrEqual(15_200);
    }
    await fleet.pass(20_000);
    expect(b.breaker.snapshot()).toMatchObject({ state: 'open', retryAfterMs: 0 });
  });

  it('is plain data', async () => {
    const fleet = new Fleet();
    const { breaker } = await fleet.join();
    await breaker.open();
    const snapshot = breaker.snapshot();
    expect(structuredClone(snapshot)).toEqual(snapshot);
  });

  it('says isolated without a time', async () => {
    const fleet = new Fleet();
    const a = await fleet.join();
    const b = await fleet.join();
    await a.breaker.isolate();
    await fleet.settle();
    expect(b.breaker.snapshot()).toMatchObject({ state: 'isolated', scope: 'fleet' });
    expect(b.breaker.snapshot().openUntilAt).toBeUndefined();
    expect(b.breaker.snapshot().retryAfterMs).toBeUndefined();
  });

  it('says whether the breaker goes on alone', async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    link.fail();
    await breaker.open().catch(() => undefined);
    expect(breaker.snapshot().degraded).toBe(true);
    link.heal();
    await fleet.pass(10_000);
    expect(breaker.snapshot().degraded).toBe(false);
  });

  it("epochs grow with every change of the fleet's state", async () => {
    const fleet = new Fleet();
    const { breaker } = await fleet.join();
    const epochs: number[] = [];
    for (const ruling of ['open', 'halfOpen', 'isolate', 'disable', 'open'] as const) {
      await breaker[ruling]();
      epochs.push(breaker.snapshot().epoch);
      expect(breaker.snapshot().epoch).toBe(fleet.record?.epoch);
    }
    expect(epochs).toEqual([1, 2, 3, 4, 5]);
  });

  it('and state read no future: an open state stays until a call finds it due', async () => {
    const fleet = new Fleet({ resetTimeoutMs: 1_000 });
    const { breaker } = await fleet.join();
    await breaker.open();
    await fleet.pass(5_000);
    expect(breaker.state).toBe('open');
    await succeed(breaker);
    await fleet.settle();
    expect(breaker.state).toBe('closed');
  });

  it('keeps what is open for this process alone out of the others', async () => {
    const fleet = new Fleet();
    const bad = await fleet.join();
    const good = await fleet.join();
    await fail(bad.breaker, 5);
    await fleet.passWith(HEARD, 30, () => succeed(good.breaker));
    expect(bad.breaker.snapshot()).toMatchObject({ state: 'open', scope: 'process' });
    expect(good.breaker.snapshot()).toMatchObject({ state: 'closed', scope: 'process' });
  });
});
