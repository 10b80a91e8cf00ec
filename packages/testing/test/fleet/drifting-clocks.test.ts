import { describe, expect, it } from 'vitest';
import { call, cameTo } from './calls.js';
import { Fleet } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

const OPEN = 20_000;

/** A process whose clock runs so much faster than the storage's. */
async function drifting(rate: number) {
  const fleet = new Fleet({ resetTimeoutMs: OPEN, trialTimeoutMs: 2_000 });
  const member = await fleet.join({
    clock: {
      now: () => fleet.clock.now() * rate,
      setTimeout: (run, ms) => fleet.clock.setTimeout(run, ms / rate),
      clearTimeout: (timer) => fleet.clock.clearTimeout(timer),
    },
  });
  return { fleet, ...member };
}

describe.each([0.5, 0.99, 1.01, 2])('a process whose clock runs %f times as fast', (rate) => {
  it('tries when the storage says so, in use', async () => {
    const { fleet, breaker, asked } = await drifting(rate);
    await breaker.open();
    const { openUntilAt = 0 } = fleet.record ?? {};
    asked.clear();
    await fleet.passWith(OPEN + 2_500, 20, () => call(breaker));
    expect(breaker.state).toBe('closed');
    expect(asked.updates).toBeLessThan(12);
    expect(fleet.record?.changedAt).toBeGreaterThanOrEqual(openUntilAt);
    expect(fleet.record?.changedAt).toBeLessThanOrEqual(openUntilAt + 2_000);
  });

  it('tries when the storage says so, after a silence', async () => {
    const { fleet, breaker, asked } = await drifting(rate);
    await breaker.open();
    await fleet.pass(OPEN * 0.6);
    asked.clear();
    await fleet.passWith(OPEN * 0.35, 20, () => call(breaker));
    expect(breaker.state).toBe('open');
    expect(asked.updates).toBeLessThan(12);
    await fleet.passWith(OPEN * 0.05 + 2_500, 20, () => call(breaker));
    expect(breaker.state).toBe('closed');
  });

  it('stops its trial and lets others in', async () => {
    const { fleet, breaker } = await drifting(rate);
    const other = await fleet.join();
    await breaker.halfOpen();
    const trial = cameTo(breaker.execute(() => new Promise(() => undefined)));
    await fleet.pass(2_500 / Math.min(1, rate));
    expect(await trial).toBe('failure');
    await fleet.passWith(OPEN + 2_500, 50, () => call(other.breaker));
    expect(other.breaker.state).toBe('closed');
  });
});
