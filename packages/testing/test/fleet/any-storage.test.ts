import { type CircuitStorage, MemoryStorage } from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fleet, type Member } from './fleet.js';
import { runs, takeTime } from './runs.js';
import { gentleSteps, Running, type Step } from './steps.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

const schedules = fc.array(fc.tuple(fc.nat(2), gentleSteps), { maxLength: 40, size: 'max' });

async function play(
  steps: readonly (readonly [number, Step])[],
  storageOf: (fleet: Fleet) => CircuitStorage | undefined,
): Promise<string[]> {
  const fleet = new Fleet({ failureThreshold: 3, resetTimeoutMs: 2_000, trialTimeoutMs: 1_000 });
  const storage = storageOf(fleet);
  for (let place = 0; place < 3; place += 1) await fleet.join(storage === undefined ? {} : { storage });
  const running = new Running();
  const seen: string[] = [];
  for (const [place, step] of steps) {
    await step(fleet, fleet.members[place] as Member, running);
    await fleet.settle();
    seen.push(fleet.states.join(' '));
  }
  await fleet.pass(5_000);
  expect(running.errors).toEqual([]);
  const counts = fleet.members.map(({ breaker }) => JSON.stringify(breaker.counts));
  return [...seen, ...counts, fleet.states.join(' ')];
}

describe('the same schedule', () => {
  it('gives the same changes of state in a MemoryStorage and in a FakeStorage', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (steps) => {
        const inMemory = await play(steps, ({ clock }) => new MemoryStorage({ clock }));
        expect(inMemory).toEqual(await play(steps, () => undefined));
      }),
      runs(40),
    );
  });

  it('gives the same changes of state again', async () => {
    await fc.assert(
      fc.asyncProperty(schedules, async (steps) => {
        expect(await play(steps, () => undefined)).toEqual(await play(steps, () => undefined));
      }),
      runs(15),
    );
  });
});
