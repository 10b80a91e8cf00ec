import {
  type BreakerEvent,
  CircuitBreaker,
  consecutiveFailures,
  failureRate,
  MemoryStorage,
  shareTrips,
} from '@breaker/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock, FakeStorage, seededRandom } from '../../src/index.js';
import { call, cameTo, fail } from './calls.js';
import { runs, takeTime } from './runs.js';
import { expectNoUnhandledRejection } from './unhandled-rejections.js';

expectNoUnhandledRejection();
takeTime();

const OPEN = 12_000;

/** A script's words. `while` is time enough for a report and its hearing, and too short to end open; `rest` ends it. */
const words = fc.oneof(
  { weight: 5, arbitrary: fc.constant('failure' as const) },
  { weight: 4, arbitrary: fc.constant('success' as const) },
  { weight: 1, arbitrary: fc.constant('ignored' as const) },
  { weight: 3, arbitrary: fc.constant('while' as const) },
  { weight: 2, arbitrary: fc.constant('rest' as const) },
  { weight: 1, arbitrary: fc.constantFrom('open', 'close', 'halfOpen', 'isolate', 'disable') },
);
type Word =
  | 'failure'
  | 'success'
  | 'ignored'
  | 'while'
  | 'rest'
  | 'open'
  | 'close'
  | 'halfOpen'
  | 'isolate'
  | 'disable';

/** With three rests at most, so that a storage never forgets what nobody has changed for a minute. */
const scripts = fc
  .array(words as fc.Arbitrary<Word>, { maxLength: 16, size: 'max' })
  .filter((script) => script.filter((word) => word === 'rest').length <= 3);

class Nothing extends Error {}

/** What listeners are told, but for what only a fleet has. */
function summary(event: BreakerEvent): string[] {
  switch (event.type) {
    case 'state-change':
      return event.from === event.to ? [] : [`${event.from}>${event.to} ${event.origin} ${event.reason}`];
    case 'success':
    case 'failure':
    case 'ignore':
      return [`${event.type} trial: ${event.trial} late: ${event.late} slow: ${event.slow}`];
    case 'before-call':
      return [`before-call trial: ${event.trial}`];
    case 'reject':
      return [`reject ${event.reason}`];
    default:
      return [event.type];
  }
}

async function play(clock: FakeClock, breaker: CircuitBreaker, script: readonly Word[]): Promise<string[]> {
  const seen: string[] = [];
  breaker.addListener({ onEvent: (event) => void seen.push(...summary(event)) });
  for (const word of script) {
    if (word === 'while') await clock.advanceAsync(700);
    else if (word === 'rest') await clock.advanceAsync(OPEN + 1_000);
    else if (word === 'failure') await fail(breaker);
    else if (word === 'success') seen.push(await call(breaker));
    else if (word === 'ignored') seen.push(await cameTo(breaker.execute(() => Promise.reject(new Nothing()))));
    else await breaker[word]();
    await clock.advanceAsync(0);
    seen.push(breaker.state);
  }
  const { calls, successes, failures, ignored, rejected } = breaker.counts;
  expect(successes + failures + ignored + rejected).toBe(calls);
  return [...seen, JSON.stringify(breaker.counts)];
}

const storages = {
  fake: (clock: FakeClock) => new FakeStorage({ clock }),
  memory: (clock: FakeClock) => new MemoryStorage({ clock }),
} as const;

const waysOfSharing = {
  outcomes: {},
  'the failure rate': { trip: failureRate({ threshold: 0.5, windowMs: 600_000, minimumCalls: 1 }) },
  trips: { trip: consecutiveFailures(3), sharing: shareTrips() },
} as const;

describe.each(Object.keys(storages) as (keyof typeof storages)[])('one process on a perfect storage: %s', (storage) => {
  it.each(Object.keys(waysOfSharing) as (keyof typeof waysOfSharing)[])(
    'sharing %s, behaves as one without a storage',
    async (sharing) => {
      await fc.assert(
        fc.asyncProperty(
          scripts,
          fc.integer({ min: 1, max: 3 }),
          fc.integer(),
          async (script, successThreshold, seed) => {
            const { sharing: _, ...plain } = { sharing: undefined, ...waysOfSharing[sharing] };
            const options = { successThreshold, resetTimeoutMs: OPEN, ignore: [Nothing] };
            const aloneClock = new FakeClock(1_000);
            const alone = new CircuitBreaker('orders', { ...options, ...plain, clock: aloneClock });
            const clock = new FakeClock(1_000);
            const shared = new CircuitBreaker('orders', {
              ...options,
              ...waysOfSharing[sharing],
              clock,
              random: seededRandom(seed),
              storage: storages[storage](clock),
            });
            expect(await play(clock, shared, script)).toEqual(await play(aloneClock, alone, script));
            await shared.dispose();
            expect(clock.pending).toBe(0);
          },
        ),
        runs(60),
      );
    },
  );
});
