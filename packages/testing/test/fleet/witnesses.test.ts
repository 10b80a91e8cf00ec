import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameTo, fail, succeed } from './calls.js';
import { Fleet, HEARD } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

describe('the failures of one process', () => {
  it('never trip the fleet while a witness succeeds, whatever their rhythms and the way to the storage', async () => {
    const arrangement = fc.record({
      witnesses: fc.integer({ min: 1, max: 4 }),
      failEveryMs: fc.constantFrom(3, 10, 35, 70, 180, 400),
      succeedEveryMs: fc.constantFrom(5, 20, 50),
      delayMs: fc.constantFrom(0, 4, 20),
      pushMs: fc.constantFrom(0, 20),
      resetTimeoutMs: fc.constantFrom(100, 700, 60_000),
      failureThreshold: fc.integer({ min: 1, max: 8 }),
      aheadMs: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(
        arrangement,
        async ({ witnesses, failEveryMs, succeedEveryMs, delayMs, pushMs, aheadMs, ...options }) => {
          const fleet = new Fleet(options);
          const bad = await fleet.join();
          for (let place = 0; place < witnesses; place += 1) await fleet.join();
          for (const { link } of fleet.members) {
            link.delay(delayMs);
            link.delayPushes(pushMs);
          }
          await fleet.pass(aheadMs);
          for (let now = 0; now < 6_000; now += 1) {
            // It ends first: a hearing without a witness may trip, and must not be left over for the end.
            if (now % failEveryMs === 0 && now < 5_400) void fail(bad.breaker);
            if (now % succeedEveryMs === 0) for (const { breaker } of fleet.members.slice(1)) void succeed(breaker);
            if (now % failEveryMs === 0 || now % succeedEveryMs === 0) await fleet.settle();
            fleet.clock.advance(1);
          }
          await fleet.pass(100);
          expect(fleet.record?.epoch ?? 0).toBe(0);
          for (const { recorder } of fleet.members.slice(1)) expect(recorder.of('state-change')).toEqual([]);
        },
      ),
      runs(12),
    );
  });

  it.each([
    [2, 'closed'],
    [3, 'open'],
  ])('and the failures of a witness since its success are one word: %i more make it %s', async (more, state) => {
    const fleet = new Fleet();
    const bad = await fleet.join();
    const witness = await fleet.join();
    const third = await fleet.join();
    await fail(bad.breaker, 5);
    await bad.breaker.flush();
    await succeed(witness.breaker);
    await fail(witness.breaker, 2);
    await fleet.pass(HEARD);
    expect(witness.breaker.state).toBe('closed');
    await fail(third.breaker, more);
    await fleet.pass(HEARD);
    expect(third.breaker.state).toBe(state);
  });
});

describe('an outage', () => {
  it.each([
    [2, 40],
    [10, 50],
    [50, 100],
  ])('after much success opens the fleet in time: %i processes, a call every %i ms each', async (size, everyMs) => {
    const fleet = new Fleet();
    for (let place = 0; place < size; place += 1) await fleet.join();
    for (const { link } of fleet.members) link.delay(4);
    let isDown = false;
    let failures = 0;
    const round = (): void => {
      for (const { breaker } of fleet.members) {
        void cameTo(
          breaker.execute(async () => {
            if (!isDown) return;
            failures += 1;
            throw new Error('down');
          }),
        );
      }
    };
    await fleet.passWith(3_000, everyMs, round);
    expect(fleet.record).toBeUndefined();
    isDown = true;
    let openAfterMs = 0;
    while (fleet.record?.state !== 'open' && openAfterMs < 5_000) {
      round();
      await fleet.pass(everyMs);
      openAfterMs += everyMs;
    }
    expect(openAfterMs).toBeLessThanOrEqual(HEARD + Math.ceil(5 / size) * everyMs + everyMs);
    expect(failures).toBeGreaterThan(4);
    await fleet.pass(20);
    expect(new Set(fleet.states)).toEqual(new Set(['open']));
  });

  it('that is partial, one call in a hundred, never trips', async () => {
    const fleet = new Fleet();
    for (let place = 0; place < 6; place += 1) await fleet.join();
    let made = 0;
    await fleet.passWith(20_000, 20, () => {
      for (const { breaker } of fleet.members) {
        made += 1;
        void (made % 97 === 0 ? fail(breaker) : succeed(breaker));
      }
    });
    expect(new Set(fleet.states)).toEqual(new Set(['closed']));
    expect(fleet.record?.epoch ?? 0).toBe(0);
  });
});
