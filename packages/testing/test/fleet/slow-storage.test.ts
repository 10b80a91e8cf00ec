import { describe, expect, it } from 'vitest';
import { call, fail, succeed } from './calls.js';
import { EXTRA, Fleet, HEARD } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

describe.each([20, 90, 300])('a storage that answers in %i ms', (delayMs) => {
  async function slowFleet(options = {}): Promise<Fleet> {
    const fleet = new Fleet({ resetTimeoutMs: 5_000, ...options });
    for (let place = 0; place < 3; place += 1) await fleet.join();
    for (const { link } of fleet.members) link.delay(delayMs);
    return fleet;
  }

  it('makes no closed call wait, nor a rejection', async () => {
    const fleet = await slowFleet();
    const [first] = fleet.members;
    const before = fleet.clock.now();
    for (const { breaker } of fleet.members) {
      await succeed(breaker, 3);
      await fail(breaker, 2);
    }
    expect(fleet.clock.now()).toBe(before);
    const ruled = first?.breaker.isolate();
    await fleet.pass(delayMs);
    await ruled;
    for (const { breaker } of fleet.members) expect(await call(breaker)).toBe('isolated');
  });

  it('opens the fleet for all, and closes it again soon after its time', async () => {
    const fleet = await slowFleet();
    for (const { breaker } of fleet.members) await fail(breaker, 2);
    await fleet.pass(HEARD + 3 * delayMs);
    expect(fleet.states).toEqual(['open', 'open', 'open']);
    const { openUntilAt = 0, changedAt = 0 } = fleet.record ?? {};
    expect(openUntilAt - changedAt).toBe(5_000);
    await fleet.passWith(5_000 + EXTRA + 4 * delayMs, 10, () => {
      for (const { breaker } of fleet.members) void call(breaker);
    });
    expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
    for (const { recorder } of fleet.members) expect(recorder.of('storage-degraded')).toEqual([]);
  });

  it('grants no trial before its own clock says so', async () => {
    const fleet = await slowFleet();
    const ruled = fleet.members[0]?.breaker.open();
    await fleet.pass(delayMs);
    await ruled;
    const { openUntilAt = 0 } = fleet.record ?? {};
    while (fleet.record?.state === 'open') {
      for (const { breaker } of fleet.members) void call(breaker);
      await fleet.pass(5);
    }
    expect(fleet.record?.changedAt).toBeGreaterThanOrEqual(openUntilAt);
    expect(fleet.record?.changedAt).toBeLessThanOrEqual(openUntilAt + EXTRA + 2 * delayMs);
  });
});
