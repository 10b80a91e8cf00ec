import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const FAST_POLL = 800;
const HOUR = 3_600_000;

async function pair(options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet({ resetTimeoutMs: 60_000, ...options });
  return [fleet, await fleet.join(), await fleet.join()];
}

describe('a storage whose clock steps forward', () => {
  it('ends open by as much earlier', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    fleet.storage.stepClock(40_000);
    await fleet.passWith(FAST_POLL, 50, async () => expect(await call(b.breaker)).toBe('open'));
    const { retryAfterMs } = b.breaker.snapshot();
    expect(retryAfterMs).toBeGreaterThan(18_000);
    expect(retryAfterMs).toBeLessThanOrEqual(20_000 + EXTRA);
    await fleet.pass(20_000 + EXTRA);
    await succeed(b.breaker);
  });

  it('beyond the open time makes it due', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    fleet.storage.stepClock(61_000);
    await fleet.passWith(FAST_POLL + EXTRA, 50, () => call(b.breaker));
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('by an hour wedges nothing', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    fleet.storage.stepClock(HOUR);
    await fleet.passWith(FAST_POLL + EXTRA, 50, () => call(b.breaker));
    expect(b.breaker.state).toBe('closed');
    await fleet.passWith(FAST_POLL + EXTRA, 50, () => call(a.breaker));
    expect(a.breaker.state).toBe('closed');
  });

  it('lets leases lapse', async () => {
    const [fleet, a, b] = await pair({ trialTimeoutMs: 30_000 });
    await a.breaker.halfOpen();
    void a.breaker.execute(() => new Promise(() => undefined));
    await fleet.settle();
    a.crash();
    fleet.storage.stepClock(40_000);
    await fleet.passWith(FAST_POLL, 50, () => call(b.breaker));
    expect(b.breaker.state).toBe('closed');
  });
});

describe('a storage whose clock steps back', () => {
  it('a little delays the end of open by as much', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    await fleet.pass(30_000);
    fleet.storage.stepClock(-20_000);
    await fleet.passWith(FAST_POLL, 50, async () => expect(await call(b.breaker)).toBe('open'));
    expect(b.breaker.snapshot().retryAfterMs).toBeGreaterThan(48_000);
    await fleet.pass(50_000 + EXTRA);
    await succeed(b.breaker);
  });

  it('to before the last write makes what is open due', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    fleet.storage.stepClock(-HOUR);
    await fleet.passWith(FAST_POLL + EXTRA, 50, () => call(b.breaker));
    expect(fleet.states).toEqual(['closed', 'closed']);
  });

  it('to before the last write ends leases', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.halfOpen();
    void a.breaker.execute(() => new Promise(() => undefined));
    await fleet.settle();
    a.crash();
    fleet.storage.stepClock(-HOUR);
    await fleet.passWith(FAST_POLL + EXTRA, 50, () => call(b.breaker));
    expect(b.breaker.state).toBe('closed');
    expect(fleet.record?.state).toBe('closed');
  });

  it('to before the last write ends a hearing: the next failure trips or is heard anew', async () => {
    const [fleet, a, b] = await pair();
    await fail(a.breaker, 5);
    await a.breaker.flush();
    fleet.storage.stepClock(-HOUR);
    await fleet.passWith(HEARD, 50, () => fail(b.breaker));
    expect(fleet.states).toEqual(['open', 'open']);
  });

  it('by half a second changes nothing but that half second', async () => {
    const [fleet, a, b] = await pair();
    await a.breaker.open();
    fleet.storage.stepClock(-500);
    await fleet.passWith(FAST_POLL, 50, async () => expect(await call(b.breaker)).toBe('open'));
    await fleet.pass(55_000);
    expect(await call(b.breaker)).toBe('open');
  });

  it('goes on opening and closing afterwards, with numbers that grow while the storage remembers', async () => {
    const [fleet, a, b] = await pair({ resetTimeoutMs: 2_000 });
    for (const ms of [-HOUR, HOUR, -5_000, 30_000, -HOUR]) {
      fleet.storage.stepClock(ms);
      for (const ruling of ['open', 'close'] as const) {
        const { record: before } = fleet;
        await a.breaker[ruling]();
        await fleet.settle();
        expect(b.breaker.state).toBe(ruling === 'open' ? 'open' : 'closed');
        expect(fleet.record?.epoch).toBeGreaterThan(before?.epoch ?? 0);
        expect(fleet.record?.revision).toBeGreaterThan(before?.revision ?? 0);
      }
    }
    await fail(b.breaker, 5);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
    await fleet.pass(2_000 + EXTRA);
    await succeed(a.breaker);
    await fleet.settle();
    expect(fleet.states).toEqual(['closed', 'closed']);
  });
});
