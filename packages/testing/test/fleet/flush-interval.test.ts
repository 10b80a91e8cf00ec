import { failureRate, shareOutcomes } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

async function one(options = {}) {
  const fleet = new Fleet(options);
  return { fleet, ...(await fleet.join()) };
}

describe('a failure', () => {
  it('is sent about flushIntervalMs after it, not before', async () => {
    const { fleet, breaker, asked } = await one({ sharing: shareOutcomes({ flushIntervalMs: 1_000 }) });
    await fail(breaker);
    await fleet.pass(400);
    expect(asked.updates).toBe(0);
    await fleet.pass(1_200);
    expect(asked.updates).toBe(1);
  });

  it('is sent at a moment that differs from process to process', async () => {
    const fleet = new Fleet({ sharing: shareOutcomes({ flushIntervalMs: 1_000 }), failureThreshold: 1_000 });
    for (let place = 0; place < 20; place += 1) await fleet.join();
    for (const { breaker } of fleet.members) await fail(breaker);
    let most = 0;
    for (let passed = 0; passed < 1_700; passed += 10) {
      const before = fleet.storage.counts.updates;
      await fleet.pass(10);
      most = Math.max(most, fleet.storage.counts.updates - before);
    }
    expect(fleet.storage.counts.updates).toBe(20);
    expect(most).toBeLessThan(10);
  });

  it('has the whole of it to be cancelled in, whatever failed and was cancelled before', async () => {
    const fleet = new Fleet({ sharing: shareOutcomes({ flushIntervalMs: 1_000 }), failureThreshold: 1_000 });
    for (let place = 0; place < 10; place += 1) await fleet.join();
    for (let round = 0; round < 20; round += 1) {
      for (const { breaker } of fleet.members) await fail(breaker);
      await fleet.pass(250);
      for (const { breaker } of fleet.members) await succeed(breaker);
      await fleet.pass(150);
    }
    await fleet.pass(3_000);
    expect(fleet.members.map(({ asked }) => asked.updates)).toEqual(Array(10).fill(0));
  });

  it('is never sent where each is cancelled in time, however they follow each other', async () => {
    // A success follows each failure within 24 ms, in any rhythm.
    const rhythm = fc.array(fc.tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 90 })), {
      minLength: 2,
      maxLength: 40,
      size: 'max',
    });
    await fc.assert(
      fc.asyncProperty(rhythm, async (beats) => {
        const { fleet, breaker, asked } = await one();
        for (const [untilSuccessMs, untilFailureMs] of beats) {
          await fail(breaker);
          await fleet.pass(untilSuccessMs);
          await succeed(breaker);
          await fleet.pass(untilFailureMs);
        }
        await fleet.pass(HEARD);
        expect(asked.updates).toBe(0);
      }),
      runs(50),
    );
  });

  it('is sent however steadily others follow it', async () => {
    const { fleet, breaker, asked } = await one({ failureThreshold: 1_000 });
    await fleet.passWith(500, 10, () => fail(breaker));
    expect(asked.updates).toBeGreaterThanOrEqual(4);
    expect(asked.updates).toBeLessThanOrEqual(20);
  });

  it('that comes while a commit is on its way joins the next, with all that come by then', async () => {
    const { fleet, breaker, asked, link } = await one({ failureThreshold: 100 });
    link.delay(300);
    await fail(breaker, 2);
    await fleet.pass(100);
    expect(asked.updates).toBe(1);
    await fleet.passWith(200, 20, () => fail(breaker));
    expect(asked.updates).toBe(1);
    await fleet.pass(800);
    expect(asked.updates).toBe(2);
  });

  it('in a window is not cancelled by a success', async () => {
    const trip = failureRate({ threshold: 0.9, windowMs: 10_000, minimumCalls: 50 });
    const { fleet, breaker, asked } = await one({ trip });
    await fail(breaker);
    await succeed(breaker);
    await fleet.pass(HEARD);
    expect(asked.updates).toBe(1);
  });
});

describe('functions that freeze after their answer', () => {
  it('open the circuit together, by flush() alone', async () => {
    const fleet = new Fleet();
    const invoke = async (): Promise<string> => {
      const { breaker, suspend } = await fleet.join();
      await fail(breaker);
      await breaker.flush();
      suspend();
      return fleet.record?.state ?? 'closed';
    };
    const states: string[] = [];
    for (let invocation = 0; invocation < 6; invocation += 1) {
      states.push(await invoke());
      await fleet.pass(200);
    }
    expect(states).toEqual(['closed', 'closed', 'closed', 'closed', 'closed', 'open']);
    expect((await fleet.join()).breaker.state).toBe('open');
  });
});
