import type { TripPolicy } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fail, succeed } from './calls.js';
import { Fleet, HEARD, type Member } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

interface Total {
  readonly mark: 'total';
  failures: number;
  successes: number;
}

/** Counts everything, in place, and trips at so many failures. */
function total(limit: number): TripPolicy<Total> {
  return {
    key: 'total',
    mergeable: true,
    initial: () => ({ mark: 'total', failures: 0, successes: 0 }),
    record: (memory, { failures, successes }) => {
      memory.failures += failures;
      memory.successes += successes;
      return memory;
    },
    trips: ({ failures }) => failures >= limit,
  };
}

/** The policy's memory, wherever it is in the record. */
function remembered(value: unknown): Total | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as Partial<Total>).mark === 'total') return value as Total;
  for (const part of Object.values(value)) {
    const found = remembered(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

const steps = fc.array(
  fc.tuple(
    fc.nat(2),
    fc.constantFrom('fail', 'fail', 'succeed', 'pass', 'pass', 'flush', 'delay', 'conflict', 'push', 'heal'),
  ),
  { maxLength: 60, size: 'max' },
);

describe('each outcome', () => {
  it('is remembered once by the fleet, while the storage answers in time', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom(1, 30, 120, 400), async (actions, ms) => {
        const fleet = new Fleet({ trip: total(Number.MAX_SAFE_INTEGER) });
        for (let place = 0; place < 3; place += 1) await fleet.join();
        for (const [place, action] of actions) {
          const { breaker, link } = fleet.members[place] as Member;
          if (action === 'fail') await fail(breaker);
          else if (action === 'succeed') await succeed(breaker);
          else if (action === 'pass') await fleet.pass(ms);
          else if (action === 'flush') void breaker.flush();
          else if (action === 'delay') link.delay(ms);
          else if (action === 'conflict') link.conflict(2);
          else if (action === 'push') link.delayPushes(ms);
          else link.heal();
        }
        for (const { breaker } of fleet.members) await fail(breaker);
        await fleet.pass(3_000);
        const counts = fleet.members.map(({ breaker }) => breaker.counts);
        expect(fleet.members.flatMap(({ recorder }) => recorder.of('storage-degraded'))).toEqual([]);
        expect(remembered(fleet.record)).toMatchObject({
          failures: counts.reduce((sum, { failures }) => sum + failures, 0),
          successes: counts.reduce((sum, { successes }) => sum + successes, 0),
        });
      }),
      runs(50),
    );
  });

  it('is remembered once or never, whatever the storage does', async () => {
    const faults = fc.constantFrom('fail', 'hang', 'loseReplies');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(2), faults, fc.integer({ min: 1, max: 3 })), { maxLength: 12 }),
        async (rounds) => {
          const fleet = new Fleet({ trip: total(Number.MAX_SAFE_INTEGER) });
          for (let place = 0; place < 3; place += 1) await fleet.join();
          for (const [place, fault, times] of rounds) {
            const { breaker, link } = fleet.members[place] as Member;
            await fail(breaker, times);
            link[fault]();
            await fleet.pass(times * 300);
            link.heal();
            await fleet.pass(times * 40);
          }
          await fleet.pass(20_000);
          const made = fleet.members.reduce((sum, { breaker }) => sum + breaker.counts.failures, 0);
          expect(remembered(fleet.record)?.failures ?? 0).toBeLessThanOrEqual(made);
        },
      ),
      runs(50),
    );
  });

  it('counts in a policy that changes its memory in place, however often a change runs', async () => {
    const fleet = new Fleet({ trip: total(10) });
    const a = await fleet.join();
    const b = await fleet.join();
    for (const { link } of fleet.members) link.conflict(3);
    await fail(a.breaker, 5);
    await fail(b.breaker, 4);
    await fleet.pass(HEARD);
    expect(remembered(fleet.record)?.failures).toBe(9);
    expect(fleet.states).toEqual(['closed', 'closed']);
    await fail(b.breaker);
    await fleet.pass(HEARD);
    expect(fleet.states).toEqual(['open', 'open']);
  });
});
