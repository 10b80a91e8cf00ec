import { CircuitBreaker } from '@breaker/core';
import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, type Member, START } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

/** Two processes, and a storage whose clock says `now`. */
async function at(now: number, options = {}): Promise<[Fleet, Member, Member]> {
  const fleet = new Fleet({ resetTimeoutMs: 1_000, ...options });
  fleet.storage.stepClock(now - START - 7_000_000);
  return [fleet, await fleet.join(), await fleet.join()];
}

describe("an instant of 0 by the storage's clock is one like any other", () => {
  it('for the end of a hearing', async () => {
    const [fleet, a, b] = await at(-150);
    await fail(a.breaker, 5);
    await a.breaker.flush();
    expect(fleet.record?.hearingEndsAt).toBe(0);
    expect(b.breaker.state).toBe('closed');
    await fleet.pass(200);
    expect(b.breaker.state).toBe('open');
  });

  it('for the end of open, and for the last write', async () => {
    for (const now of [-1_000, 0]) {
      const [fleet, a, b] = await at(now);
      await a.breaker.open();
      await fleet.settle();
      expect(fleet.record).toMatchObject({ changedAt: now, openUntilAt: now + 1_000 });
      await fleet.pass(990);
      expect(await call(b.breaker)).toBe('open');
      await fleet.pass(10 + EXTRA);
      await succeed(b.breaker);
      await fleet.settle();
      expect(fleet.states).toEqual(['closed', 'closed']);
    }
  });

  it('for the end of a lease', async () => {
    const [fleet, a, b] = await at(-3_000, { trialTimeoutMs: 3_000 });
    await a.breaker.halfOpen();
    void a.breaker.acquire();
    await fleet.settle();
    expect(fleet.record?.leases).toMatchObject([{ expiresAt: 0 }]);
    a.crash();
    expect(await call(b.breaker)).toBe('trial-limit');
    await fleet.pass(3_100);
    await succeed(b.breaker);
  });
});

describe('an odd name', () => {
  it.each(['__proto__', 'constructor', 'toString', ' ', 'a:{b}'])('is one like any other: %s', async (name) => {
    const fleet = new Fleet();
    const link = fleet.storage.link();
    const { breaker } = await fleet.join();
    const [one, two] = [1, 2].map(
      (seed) => new CircuitBreaker(name, { storage: link, clock: fleet.clock, random: () => seed / 3 }),
    );
    await one?.open();
    await two?.ready();
    expect(two?.state).toBe('open');
    expect(breaker.state).toBe('closed');
    await one?.dispose();
    await two?.dispose();
  });
});
