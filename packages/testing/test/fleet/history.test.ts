import type { CircuitState } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameTo } from './calls.js';
import { Fleet, type Member } from './fleet.js';
import { History } from './history.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

type Step = (fleet: Fleet, member: Member) => unknown;

const RULED = {
  open: 'open',
  close: 'closed',
  halfOpen: 'half-open',
  isolate: 'isolated',
  disable: 'disabled',
} as const;

/** Faults that a fleet lives with: slow answers in time, and pushes that are slow, lost, doubled, out of order. */
const faults = fc.constantFrom<Step>(
  (_, { link }) => link.delay(30),
  (_, { link }) => link.delay(150),
  (_, { link }) => link.delay(400),
  (_, { link }) => link.conflict(2),
  (_, { link }) => link.dropPushes(),
  (_, { link }) => link.duplicatePushes(),
  (_, { link }) => link.delayPushes(90),
  (_, { link }) => link.delayPushes(700),
  (_, { link }) => link.heal(),
  (_, { link }) => link.heal(),
);
const calls = fc.tuple(fc.constantFrom(0, 10, 200, 900), fc.integer({ min: 0, max: 2 })).map(
  ([ms, good]): Step =>
    (fleet, { breaker }) =>
      void cameTo(
        breaker.execute(async () => {
          if (ms > 0) await new Promise<void>((resolve) => void fleet.clock.setTimeout(resolve, ms));
          if (good > 0) return;
          throw new Error('down');
        }),
      ),
);
const failures = fc.integer({ min: 1, max: 4 }).map(
  (times): Step =>
    (_, { breaker }) => {
      for (let made = 0; made < times; made += 1) void cameTo(breaker.execute(() => Promise.reject(new Error('down'))));
    },
);
const times = fc.constantFrom(1, 20, 60, 180, 600, 2_300).map(
  (ms): Step =>
    (fleet) =>
      fleet.pass(ms),
);
const rulings = fc.constantFrom(...(Object.keys(RULED) as (keyof typeof RULED)[])).map(
  (ruling): Step =>
    (_, { breaker }) =>
      void breaker[ruling]().catch(() => undefined),
);

const schedules = (withRulings: boolean): fc.Arbitrary<[number, Step][]> =>
  fc.array(
    fc.tuple(
      fc.nat(2),
      fc.oneof(
        { weight: 6, arbitrary: calls },
        { weight: 2, arbitrary: failures },
        { weight: 6, arbitrary: times },
        { weight: 2, arbitrary: faults },
        { weight: withRulings ? 1 : 0, arbitrary: rulings },
      ),
    ),
    { maxLength: 70, size: 'max' },
  );

const limits = fc.record({
  failureThreshold: fc.integer({ min: 1, max: 5 }),
  maxTrials: fc.integer({ min: 1, max: 3 }),
  successThreshold: fc.integer({ min: 1, max: 3 }),
});

describe('while the storage remembers and answers in time, whatever becomes of pushes', () => {
  it.each([
    ['without rulings', new Set<CircuitState>()],
    ['with rulings', new Set<CircuitState>(Object.values(RULED))],
  ])('records are sound, and every process is told the truth, in order, once: %s', async (_, ruled) => {
    await fc.assert(
      fc.asyncProperty(schedules(ruled.size > 0), limits, async (steps, options) => {
        const fleet = new Fleet({ ...options, resetTimeoutMs: 2_000, trialTimeoutMs: 1_500 });
        const history = new History(fleet);
        for (let place = 0; place < 3; place += 1) await fleet.join();
        for (const [place, step] of steps) await step(fleet, fleet.members[place] as Member);
        await fleet.pass(5_000);
        for (const { recorder } of fleet.members) {
          fc.pre(recorder.of('storage-degraded').length === 0);
        }
        for (const { asked } of fleet.members) {
          expect(asked.impurities).toEqual([]);
          expect(asked.mostUpdatesAtOnce).toBeLessThanOrEqual(1);
        }
        history.expectSound(options.maxTrials, ruled);
        history.expectTold(ruled.size > 0);
      }),
      runs(80),
    );
  });
});
