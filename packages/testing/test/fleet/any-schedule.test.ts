import { type CircuitBreakerOptions, CircuitOpenError, failureRate, shareTrips } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call, fail } from './calls.js';
import { CIRCUIT, Fleet, type Member } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { faultSteps, gentleSteps, Running, type Step, suspensionSteps } from './steps.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

const MOST_STEPS = { maxLength: 50, size: 'max' } as const;
const calm = [
  { weight: 6, arbitrary: gentleSteps },
  { weight: 2, arbitrary: faultSteps },
];
const schedulesOfTheAwake = fc.array(fc.tuple(fc.nat(2), fc.oneof(...calm)), MOST_STEPS);
const schedules = fc.array(
  fc.tuple(fc.nat(2), fc.oneof(...calm, { weight: 1, arbitrary: suspensionSteps })),
  MOST_STEPS,
);
const allOptions = fc
  .tuple(
    fc.constantFrom<CircuitBreakerOptions>(
      { failureThreshold: 3 },
      { trip: failureRate({ threshold: 0.5, windowMs: 5_000, minimumCalls: 3 }) },
      { failureThreshold: 2, sharing: shareTrips({ quorum: 2 }) },
    ),
    fc.record({ maxTrials: fc.integer({ min: 1, max: 2 }), successThreshold: fc.integer({ min: 1, max: 2 }) }),
  )
  .map(([trip, limits]) => ({ ...trip, ...limits, resetTimeoutMs: 2_000, trialTimeoutMs: 1_000 }));

/** Plays a schedule, ends all faults, and lets everything end that was begun. */
async function play(
  steps: readonly (readonly [number, Step])[],
  options: CircuitBreakerOptions,
  look: (fleet: Fleet) => void = () => undefined,
): Promise<Fleet> {
  const fleet = new Fleet(options);
  for (let place = 0; place < 3; place += 1) fleet.joinCold();
  const running = new Running();
  for (const [place, step] of steps) {
    await step(fleet, fleet.members[place] as Member, running);
    look(fleet);
  }
  if (fleet.record?.schema === 99) fleet.storage.forget();
  for (const { resume } of fleet.members) resume();
  await fleet.pass(15_000);
  expect(running.size).toBe(0);
  expect(running.errors).toEqual([]);
  return fleet;
}

describe('any schedule of calls, rulings and faults', () => {
  it('keeps counts exact, and tells listeners each state and each outage', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, allOptions, async (steps, options) => {
        const fleet = await play(steps, options);
        for (const { breaker, recorder } of fleet.members) {
          const { calls, successes, failures, ignored, rejected } = breaker.counts;
          expect(successes + failures + ignored + rejected).toBe(calls);
          const told = (['success', 'failure', 'ignore', 'reject'] as const).map((type) => recorder.of(type).length);
          expect(told).toEqual([successes, failures, ignored, rejected]);
          let state = 'closed';
          for (const { from, to, scope } of recorder.of('state-change')) {
            expect(from).toBe(state);
            if (from === to) expect([to, scope]).toEqual(['open', 'fleet']);
            state = to;
          }
          expect(breaker.state).toBe(state);
          const outages = recorder.types.filter((type) => type.startsWith('storage-'));
          expect(outages).toEqual(outages.map((_, at) => (at % 2 === 0 ? 'storage-degraded' : 'storage-recovered')));
        }
      }),
      runs(100),
    );
  });

  it('never grants more live leases than the round allows', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, allOptions, async (steps, options) => {
        await play(steps, options, ({ record }) => {
          if (record?.state !== 'half-open') return;
          const { limit } = record as unknown as { readonly limit: number };
          expect(record.leases?.length).toBeLessThanOrEqual(limit);
        });
      }),
      runs(60),
    );
  });

  it('ends in agreement, and time and successful calls alone lead back to closed', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, allOptions, async (steps, options) => {
        const fleet = await play(steps, options);
        await fleet.passWith(8_000, 400, () => fleet.states);
        for (const { breaker } of fleet.members) {
          const { state, scope, epoch, degraded } = breaker.snapshot();
          expect(degraded).toBe(false);
          if (scope === 'process') expect(fleet.record?.state ?? 'closed').toBe('closed');
          else expect([state, epoch]).toEqual([fleet.record?.state, fleet.record?.epoch]);
        }
        if (['isolated', 'disabled'].includes(fleet.record?.state ?? '')) await fleet.members[0]?.breaker.close();
        await fleet.passWith(12_000, 200, () => Promise.all(fleet.members.map(({ breaker }) => call(breaker))));
        expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
      }),
      runs(100),
    );
  });

  it('leaves nothing after dispose()', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, allOptions, fc.boolean(), async (steps, options, isDown) => {
        const fleet = await play(steps, options);
        for (const { breaker, link } of fleet.members) {
          if (isDown) link.fail();
          await fail(breaker);
          await breaker.dispose();
        }
        await fleet.pass(2_000);
        expect(fleet.clock.pending).toBe(0);
        expect(fleet.storage.subscribers(CIRCUIT)).toBe(0);
        for (const { breaker } of fleet.members) {
          await breaker.close();
          expect(await breaker.execute(async () => 'value')).toBe('value');
        }
      }),
      runs(40),
    );
  });
});

describe('no call', () => {
  it('waits while its circuit is closed, nor ever for longer than leaseTimeoutMs', async () => {
    await fc.assert(
      fc.asyncProperty(schedulesOfTheAwake, allOptions, async (steps, options) => {
        const fleet = new Fleet(options);
        for (let place = 0; place < 3; place += 1) await fleet.join();
        const running = new Running();
        const waits: string[] = [];
        for (const [place, step] of steps) {
          const member = fleet.members[place] as Member;
          await step(fleet, member, running);
          const { state } = member.breaker;
          const from = fleet.clock.now();
          const come = (error?: unknown): void => {
            const waitedMs = fleet.clock.now() - from;
            if (error !== undefined && !(error instanceof CircuitOpenError)) waits.push(String(error));
            if (waitedMs > (state === 'open' || state === 'half-open' ? 100 : 0)) waits.push(`${state}: ${waitedMs}`);
          };
          member.breaker.execute(async () => undefined).then(come, come);
          await fleet.settle();
        }
        for (const { link } of fleet.members) link.heal();
        await fleet.pass(2_000);
        expect(waits).toEqual([]);
      }),
      runs(60),
    );
  });
});
