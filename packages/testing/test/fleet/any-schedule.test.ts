import { CircuitOpenError, CircuitStorageError } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { call, fail } from './calls.js';
import { Fleet, type Member } from './fleet.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();

type Step = (fleet: Fleet, member: Member, running: Set<Promise<unknown>>) => unknown;

/** A call whose outcome comes after some time, whatever that meets. */
function slowCall(ms: number, isGood: boolean): Step {
  return (fleet, { breaker }, running) => {
    const seen = breaker
      .execute(async ({ signal }) => {
        await new Promise<void>((resolve) => {
          fleet.clock.setTimeout(resolve, ms);
          signal.addEventListener('abort', () => resolve());
        });
        if (!isGood) throw new Error('down');
      })
      .catch((error: unknown) => {
        if (error instanceof CircuitStorageError) throw error;
      })
      .finally(() => running.delete(seen));
    running.add(seen);
  };
}

function syncCall(isGood: boolean): Step {
  return (_, { breaker }) => {
    try {
      breaker.executeSync(() => {
        if (!isGood) throw new Error('down');
      });
    } catch (error) {
      expect(error).not.toBeInstanceOf(CircuitStorageError);
    }
  };
}

function ruling(name: 'open' | 'close' | 'halfOpen' | 'isolate' | 'disable'): Step {
  return (_, { breaker }, running) => {
    const settled = breaker[name]().catch((error: unknown) => expect(error).toBeInstanceOf(CircuitStorageError));
    const followed: Promise<unknown> = settled.finally(() => running.delete(followed));
    running.add(followed);
  };
}

const pass =
  (ms: number): Step =>
  (fleet) =>
    fleet.pass(ms);
const gentle = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(0, 20, 300, 900), fc.boolean()).map(([ms, isGood]) => slowCall(ms, isGood)),
  },
  { weight: 2, arbitrary: fc.boolean().map(syncCall) },
  { weight: 5, arbitrary: fc.constantFrom(1, 40, 200, 700, 2_500).map(pass) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('open', 'close', 'halfOpen', 'isolate', 'disable').map((name) => ruling(name as 'open')),
  },
);
const rough = fc.constantFrom<Step>(
  (_, { link }) => link.fail(),
  (_, { link }) => link.hang(),
  (_, { link }) => link.delay(30),
  (_, { link }) => link.delay(700),
  (_, { link }) => link.loseReplies(),
  (_, { link }) => link.conflict(2),
  (_, { link }) => link.dropPushes(),
  (_, { link }) => link.duplicatePushes(),
  (_, { link }) => link.delayPushes(400),
  (_, { link }) => link.heal(),
  (_, { link }) => link.heal(),
  (fleet) => fleet.storage.forget(),
  (fleet) => fleet.storage.stepClock(3_000),
  (fleet) => fleet.storage.stepClock(-3_000),
);
const schedule = fc.array(
  fc.tuple(fc.nat(2), fc.oneof({ weight: 3, arbitrary: gentle }, { weight: 1, arbitrary: rough })),
  {
    maxLength: 50,
    size: 'max',
  },
);

async function play(steps: readonly (readonly [number, Step])[], check: (fleet: Fleet) => void): Promise<Fleet> {
  const fleet = new Fleet({ failureThreshold: 3, resetTimeoutMs: 2_000, trialTimeoutMs: 1_000 });
  for (let place = 0; place < 3; place += 1) fleet.joinCold();
  const running = new Set<Promise<unknown>>();
  for (const [place, step] of steps) {
    await step(fleet, fleet.members[place] as Member, running);
    check(fleet);
  }
  for (const { link } of fleet.members) link.heal();
  await fleet.pass(15_000);
  expect(running.size).toBe(0);
  return fleet;
}

describe('any schedule of calls, rulings and faults', () => {
  it('keeps counts exact, and lets a listener follow each state', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        const fleet = await play(steps, () => undefined);
        for (const { breaker, recorder } of fleet.members) {
          const { calls, successes, failures, ignored, rejected } = breaker.counts;
          expect(successes + failures + ignored + rejected).toBe(calls);
          expect(recorder.of('reject')).toHaveLength(rejected);
          expect(recorder.of('success')).toHaveLength(successes);
          let state = 'closed';
          for (const { from, to } of recorder.of('state-change')) {
            expect(from).toBe(state);
            state = to;
          }
          expect(breaker.state).toBe(state);
          const degraded = recorder.types.filter((type) => type.startsWith('storage-'));
          expect(degraded).toEqual(
            degraded.map((_, place) => (place % 2 === 0 ? 'storage-degraded' : 'storage-recovered')),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('never grants more than maxTrials leases; revisions grow while nothing is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        let last: { epoch: number; revision: number } | undefined;
        await play(steps, ({ record }) => {
          if (record?.state === 'half-open') expect(record.leases?.length).toBeLessThanOrEqual(1);
          if (record !== undefined && last !== undefined && record.epoch === last.epoch) {
            expect(record.revision).toBeGreaterThanOrEqual(last.revision);
          }
          last = record;
        });
      }),
      { numRuns: 100 },
    );
  });

  it('ends in agreement, and then leads back to closed', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        const fleet = await play(steps, () => undefined);
        await fleet.passWith(8_000, 400, () => fleet.states);
        for (const { breaker } of fleet.members) {
          const { state, scope, epoch, degraded } = breaker.snapshot();
          expect(degraded).toBe(false);
          if (scope === 'fleet')
            expect({ state, epoch }).toEqual({ state: fleet.record?.state, epoch: fleet.record?.epoch });
          else expect(fleet.record?.state ?? 'closed').toBe('closed');
        }
        if (fleet.record?.state === 'isolated' || fleet.record?.state === 'disabled')
          await fleet.members[0]?.breaker.close();
        await fleet.passWith(12_000, 200, () => Promise.all(fleet.members.map(({ breaker }) => call(breaker))));
        expect(fleet.states).toEqual(['closed', 'closed', 'closed']);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves nothing after dispose()', async () => {
    await fc.assert(
      fc.asyncProperty(schedule, fc.boolean(), async (steps, isDown) => {
        const fleet = await play(steps, () => undefined);
        for (const { breaker, link } of fleet.members) {
          if (isDown) link.fail();
          await fail(breaker);
          await breaker.dispose();
        }
        await fleet.pass(2_000);
        expect(fleet.clock.pending).toBe(0);
        expect(fleet.storage.subscribers('orders')).toBe(0);
        for (const { breaker } of fleet.members) {
          await breaker.close();
          expect(
            await breaker.execute(async () => 'value').catch((error: unknown) => error instanceof CircuitOpenError),
          ).toBe('value');
        }
      }),
      { numRuns: 60 },
    );
  });
});
