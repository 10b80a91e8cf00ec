import { CircuitOpenError } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/index.js';
import { call } from './calls.js';
import { ChaoticStorage } from './chaotic-storage.js';
import { CIRCUIT, Fleet, type Member } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { gentleSteps, Running } from './steps.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

describe('over storages that do anything', () => {
  it('calls get their own outcomes in time; once the storages behave, all agree and close; dispose() leaves nothing', async () => {
    const schedules = fc.array(fc.tuple(fc.nat(2), gentleSteps), { maxLength: 50, size: 'max' });
    await fc.assert(
      fc.asyncProperty(schedules, fc.integer(), async (steps, seed) => {
        const fleet = new Fleet({ failureThreshold: 3, resetTimeoutMs: 2_000, trialTimeoutMs: 1_000 });
        const random = seededRandom(seed);
        const storages = [1, 2, 3].map(() => new ChaoticStorage(fleet.storage.link(), fleet.clock, random));
        for (const storage of storages) fleet.joinCold({ storage });
        const running = new Running();
        const waits: number[] = [];
        for (const [place, step] of steps) {
          const member = fleet.members[place] as Member;
          await step(fleet, member, running);
          const from = fleet.clock.now();
          const come = (error?: unknown): void => {
            if (error !== undefined) expect(error).toBeInstanceOf(CircuitOpenError);
            waits.push(fleet.clock.now() - from);
          };
          running.follow(member.breaker.execute(async () => undefined).then(() => come(), come));
          await fleet.settle();
        }
        for (const storage of storages) storage.behaves = true;
        await fleet.pass(15_000);
        expect(running.size).toBe(0);
        expect(running.errors).toEqual([]);
        expect(Math.max(0, ...waits)).toBeLessThanOrEqual(200);

        await fleet.passWith(8_000, 400, () => fleet.states);
        for (const { breaker } of fleet.members) {
          expect(breaker.snapshot().degraded).toBe(false);
          if (breaker.snapshot().scope === 'fleet') expect(breaker.state).toBe(fleet.record?.state);
          else expect(fleet.record?.state ?? 'closed').toBe('closed');
          const { calls, successes, failures, ignored, rejected } = breaker.counts;
          expect(successes + failures + ignored + rejected).toBe(calls);
        }
        await fleet.members[0]?.breaker.close();
        await fleet.passWith(3_000, 200, () => Promise.all(fleet.members.map(({ breaker }) => call(breaker))));
        expect(fleet.states).toEqual(['closed', 'closed', 'closed']);

        for (const { breaker } of fleet.members) await breaker.dispose();
        await fleet.pass(1_000);
        expect(fleet.clock.pending).toBe(0);
        expect(fleet.storage.subscribers(CIRCUIT)).toBe(0);
      }),
      runs(80),
    );
  });
});
