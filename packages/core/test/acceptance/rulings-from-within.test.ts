import { describe, expect, it } from 'vitest';
import type { CircuitBreaker, CircuitBreakerOptions, TripPolicy } from '../../src/index.js';
import { fail, succeed } from '../drive.js';
import { type Setting, setUp } from '../set-up.js';

type Ruling = 'open' | 'halfOpen' | 'close' | 'isolate' | 'disable';

/** Options with a function of the user's that rules over the breaker, once, while an outcome is dealt with. */
const places: Record<string, (rule: () => void) => CircuitBreakerOptions> = {
  resetTimeoutMs: (rule) => ({
    failureThreshold: 1,
    resetTimeoutMs: () => {
      rule();
      return 1_000;
    },
  }),
  'a policy’s record': (rule) => ({
    trip: policy({
      record: (memory, tally) => {
        rule();
        return (memory as number) + tally.failures;
      },
    }),
  }),
  'a policy’s trips': (rule) => ({
    trip: policy({
      trips: (memory) => {
        rule();
        return (memory as number) >= 1;
      },
    }),
  }),
  classify: (rule) => ({
    failureThreshold: 1,
    classify: () => {
      rule();
      return undefined;
    },
  }),
  'a predicate': (rule) => ({
    failureThreshold: 1,
    exclude: [
      () => {
        rule();
        return false;
      },
    ],
  }),
};

function policy(members: Partial<TripPolicy<unknown>>): TripPolicy<unknown> {
  return {
    key: 'ruling',
    initial: () => 0,
    record: (memory, tally) => (memory as number) + tally.failures,
    trips: (memory) => (memory as number) >= 1,
    ...members,
  };
}

async function failRuledBy(place: string, ruling: Ruling): Promise<Setting> {
  let ruled = false;
  let breaker: CircuitBreaker | undefined;
  const make = places[place];
  if (make === undefined) {
    throw new Error(`no such place: ${place}`);
  }
  const setting = setUp(
    make(() => {
      if (!ruled && breaker !== undefined) {
        ruled = true;
        void breaker[ruling]();
      }
    }),
  );
  breaker = setting.breaker;
  await fail(breaker);
  expect(ruled).toBe(true);
  return setting;
}

for (const place of Object.keys(places)) {
  describe(`a ruling from within ${place}`, () => {
    for (const ruling of ['open', 'halfOpen', 'close', 'isolate', 'disable'] as const) {
      it(`${ruling}(): every change begins where the last one ended, in an epoch of its own`, async () => {
        const { breaker, recorder } = await failRuledBy(place, ruling);
        let state = 'closed';
        for (const change of recorder.of('state-change')) {
          expect(change.from).toBe(state);
          expect(change.to).not.toBe(state);
          state = change.to;
        }
        expect(breaker.state).toBe(state);
        expect(breaker.counts).toMatchObject({ calls: 1, failures: 1 });
        const silent = ruling === 'close' ? 1 : 0;
        const grown = breaker.snapshot().epoch - setUp().breaker.snapshot().epoch;
        expect(grown).toBeGreaterThanOrEqual(recorder.of('state-change').length);
        expect(grown).toBeLessThanOrEqual(recorder.of('state-change').length + silent);
      });
    }

    it('isolate() and disable() hold until close()', async () => {
      const isolated = await failRuledBy(place, 'isolate');
      expect(isolated.breaker.state).toBe('isolated');
      const disabled = await failRuledBy(place, 'disable');
      expect(disabled.breaker.state).toBe('disabled');
      await disabled.breaker.close();
      await succeed(disabled.breaker);
      expect(disabled.breaker.state).toBe('closed');
    });
  });
}
