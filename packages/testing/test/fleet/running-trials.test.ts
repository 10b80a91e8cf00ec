import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cameTo } from './calls.js';
import { EXTRA, Fleet, type Member } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

describe('trials of the fleet', () => {
  it('never run in larger numbers than maxTrials, whoever asks, however slow the storage and the pushes', async () => {
    const action = fc.record({
      place: fc.nat(3),
      way: fc.constantFrom('call', 'sync', 'permit', 'stream', 'pass', 'delay', 'pushes', 'heal'),
      ms: fc.constantFrom(0, 15, 60, 90, 250, 1_000),
      good: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { maxLength: 60, size: 'max' }),
        fc.integer({ min: 1, max: 3 }),
        async (actions, maxTrials) => {
          const fleet = new Fleet({ maxTrials, successThreshold: 4, resetTimeoutMs: 500, trialTimeoutMs: 2_000 });
          for (let place = 0; place < 4; place += 1) await fleet.join();
          await fleet.members[0]?.breaker.open();
          await fleet.pass(500 + EXTRA);
          const excess: string[] = [];
          const rounds = new Map<number, number>();
          const run = async (ms: number, good: boolean): Promise<void> => {
            const round = fleet.record?.state === 'half-open' ? fleet.record.epoch : Number.NaN;
            const running = (rounds.get(round) ?? 0) + 1;
            if (running > maxTrials && !Number.isNaN(round)) excess.push(`${running} in round ${round}`);
            rounds.set(round, running);
            await new Promise<void>((resolve) => void fleet.clock.setTimeout(resolve, ms + 1));
            rounds.set(round, (rounds.get(round) ?? 0) - 1);
            if (!good) throw new Error('down');
          };
          const calls: Promise<unknown>[] = [];
          for (const { place, way, ms, good } of actions) {
            const { breaker, link } = fleet.members[place] as Member;
            if (way === 'call') calls.push(cameTo(breaker.execute(() => run(ms, good))));
            else if (way === 'stream') {
              const stream = breaker.wrap(async function* () {
                await run(ms, good);
                yield 1;
              })();
              calls.push(cameTo(stream.next()).then(() => cameTo(stream.next())));
            } else if (way === 'permit') {
              const use = async (): Promise<void> => {
                using permit = await breaker.acquire();
                await run(ms, true);
                permit.succeed();
              };
              calls.push(cameTo(use()));
            } else if (way === 'sync') {
              calls.push(cameTo(Promise.resolve().then(() => breaker.executeSync(() => 1))));
            } else if (way === 'delay') link.delay(ms % 400);
            else if (way === 'pushes') link.delayPushes(ms);
            else if (way === 'heal') link.heal();
            else await fleet.pass(ms);
          }
          await fleet.pass(4_000);
          const came = await Promise.all(calls);
          expect(came).toHaveLength(calls.length);
          expect(excess).toEqual([]);
          expect(Math.max(0, ...rounds.values())).toBe(0);
        },
      ),
      runs(80),
    );
  });
});
