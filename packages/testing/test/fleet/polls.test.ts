import { describe, expect, it } from 'vitest';
import { call } from './calls.js';
import { Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe('polls', () => {
  it('come about every 5 000 ms while the circuit is closed and used', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await fleet.passWith(100_000, 500, () => call(breaker));
    expect(asked.reads).toBeGreaterThanOrEqual(14);
    expect(asked.reads).toBeLessThanOrEqual(40);
  });

  it('come about every 500 ms while it is not', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await breaker.isolate();
    asked.clear();
    await fleet.passWith(20_000, 100, () => call(breaker));
    expect(asked.reads).toBeGreaterThanOrEqual(27);
    expect(asked.reads).toBeLessThanOrEqual(80);
  });

  it('follow syncIntervalMs', async () => {
    const fleet = new Fleet({ syncIntervalMs: 1_000 });
    const { breaker, asked } = await fleet.join();
    await fleet.passWith(20_000, 100, () => call(breaker));
    expect(asked.reads).toBeGreaterThanOrEqual(14);
    expect(asked.reads).toBeLessThanOrEqual(40);
  });

  it.each(['a push', 'its own ruling'])(
    'come sooner at once where the circuit ceases to be closed by %s',
    async (cause) => {
      for (let seed = 0; seed < 10; seed += 1) {
        const fleet = new Fleet();
        const one = await fleet.join();
        const other = await fleet.join();
        await fleet.passWith(100 * seed, 50, () => call(one.breaker));
        await (cause === 'a push' ? other : one).breaker.open();
        await fleet.settle();
        expect(one.breaker.state).toBe('open');
        one.link.dropPushes();
        await other.breaker.close();
        await fleet.passWith(800, 50, () => call(one.breaker));
        expect(one.breaker.state).toBe('closed');
      }
    },
  );

  it('come later again once it is closed', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await breaker.open();
    await fleet.passWith(2_000, 100, () => call(breaker));
    await breaker.close();
    asked.clear();
    await fleet.passWith(20_000, 100, () => call(breaker));
    expect(asked.reads).toBeLessThanOrEqual(9);
  });

  it('differ from process to process', async () => {
    const fleet = new Fleet();
    for (let place = 0; place < 20; place += 1) await fleet.join();
    let busiest = 0;
    await fleet.passWith(60_000, 100, async () => {
      const before = fleet.storage.counts.reads;
      for (const { breaker } of fleet.members) await call(breaker);
      await fleet.settle();
      busiest = Math.max(busiest, fleet.storage.counts.reads - before);
    });
    const reads = new Set(fleet.members.map(({ asked }) => asked.reads));
    expect(busiest).toBeLessThan(10);
    expect(reads.size).toBeGreaterThan(1);
  });

  it('end after two that find no use; no timer is left', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await call(breaker);
    asked.clear();
    await fleet.pass(3_600_000);
    expect(asked.reads).toBeGreaterThanOrEqual(2);
    expect(asked.reads).toBeLessThanOrEqual(3);
    expect(fleet.clock.pending).toBe(0);
  });

  it('end while open, too', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    await breaker.open();
    asked.clear();
    await fleet.pass(3_600_000);
    expect(asked.reads).toBeLessThanOrEqual(3);
    expect(fleet.clock.pending).toBe(0);
  });

  it.each([
    ['a call', (fleet: Fleet) => fleet.members[0]?.breaker.execute(async () => 1)],
    ['a sync call', (fleet: Fleet) => fleet.members[0]?.breaker.executeSync(() => 1)],
    ['reading state', (fleet: Fleet) => fleet.members[0]?.breaker.state],
    ['a snapshot', (fleet: Fleet) => fleet.members[0]?.breaker.snapshot()],
    ['a ruling', (fleet: Fleet) => fleet.members[0]?.breaker.close()],
  ])('begin anew, at once, with the next use: %s', async (_, use) => {
    const fleet = new Fleet();
    const { asked } = await fleet.join();
    await fleet.pass(3_600_000);
    asked.clear();
    await use(fleet);
    await fleet.settle();
    expect(asked.reads).toBe(1);
    await fleet.pass(8_000);
    expect(asked.reads).toBeGreaterThan(1);
  });

  it('go on while somebody only looks at the state', async () => {
    const fleet = new Fleet();
    const { breaker, asked } = await fleet.join();
    const other = await fleet.join();
    asked.clear();
    await fleet.passWith(60_000, 1_000, () => breaker.state);
    expect(asked.reads).toBeGreaterThanOrEqual(8);
    const { link } = fleet.members[0] ?? other;
    link.dropPushes();
    await other.breaker.isolate();
    await fleet.passWith(8_000, 1_000, () => breaker.state);
    expect(breaker.state).toBe('isolated');
  });

  it('show a silent process, at its next use, what happened in its silence', async () => {
    const fleet = new Fleet();
    const { breaker, link } = await fleet.join();
    const other = await fleet.join();
    await fleet.pass(3_600_000);
    link.dropPushes();
    await other.breaker.isolate();
    expect(breaker.state).toBe('closed');
    await fleet.settle();
    expect(breaker.state).toBe('isolated');
  });
});
