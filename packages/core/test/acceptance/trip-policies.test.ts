import { describe, expect, it } from 'vitest';
import {
  CircuitBreaker,
  type CircuitBreakerOptions,
  consecutiveFailures,
  exponentialBackoff,
  failureCount,
  failureRate,
  lastCalls,
  type Tally,
  type TripPolicy,
} from '../../src/index.js';
import { rejectionOf } from '../caught.js';
import { fail, succeed } from '../drive.js';
import { FakeClock } from '../fake-clock.js';
import { setUp } from '../set-up.js';

const SUCCESS: Tally = { successes: 1, failures: 0, slow: 0, streak: 0, ageMs: 0 };
const FAILURE: Tally = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };
const SLOW_SUCCESS: Tally = { ...SUCCESS, slow: 1 };

/** A call that takes `ms` and succeeds. */
async function slowSuccess(
  { breaker, clock }: { breaker: CircuitBreaker; clock: FakeClock },
  ms: number,
): Promise<unknown> {
  return breaker.execute(() => {
    clock.advance(ms);
    return 'value';
  });
}

/** A policy's memory after `tallies`, all of them at `now`. */
function after<Memory>(policy: TripPolicy<Memory>, tallies: readonly Tally[], now = 0): Memory {
  return tallies.reduce((memory, tally) => policy.record(memory, tally, now), policy.initial());
}

describe('consecutiveFailures', () => {
  it('trips at n failures in a row', async () => {
    const { breaker } = setUp({ trip: consecutiveFailures(3) });
    await fail(breaker, 2);
    await succeed(breaker);
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(2);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('knows no time: a streak never grows old', async () => {
    const { breaker, clock } = setUp({ trip: consecutiveFailures(2) });
    await fail(breaker);
    clock.advance(1_000_000_000);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('is mergeable, has no window, and one key for all thresholds', () => {
    const policy = consecutiveFailures(3);
    expect(policy.mergeable).toBe(true);
    expect(policy.windowMs).toBeUndefined();
    expect(policy.slowCallMs).toBeUndefined();
    expect(typeof policy.key).toBe('string');
    expect(policy.key).toBe(consecutiveFailures(7).key);
  });

  it('takes tallies of many calls', () => {
    const policy = consecutiveFailures(3);
    const two: Tally = { successes: 4, failures: 5, slow: 0, streak: 2, ageMs: 0 };
    expect(policy.trips(after(policy, [FAILURE, FAILURE, two]), 0)).toBe(false);
    expect(policy.trips(after(policy, [two, FAILURE]), 0)).toBe(true);
    expect(policy.trips(after(policy, [FAILURE, { successes: 0, failures: 2, slow: 0, streak: 2, ageMs: 0 }]), 0)).toBe(
      true,
    );
  });

  it('refuses what is no count', () => {
    for (const value of [0, -1, 1.5, Number.POSITIVE_INFINITY]) {
      expect(() => consecutiveFailures(value)).toThrow(RangeError);
      expect(() => consecutiveFailures(value)).toThrow(String(value));
    }
    for (const value of ['3', null, {}, undefined]) {
      expect(() => consecutiveFailures(value as never)).toThrow(TypeError);
    }
    expect(() => consecutiveFailures(Number.NaN)).toThrow(/NaN/);
  });
});

describe('failureRate', () => {
  it('trips at the threshold, not only above it', async () => {
    const { breaker } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
    await succeed(breaker, 2);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('does not trip below it', async () => {
    const { breaker } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
    await succeed(breaker, 5);
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('trips at a threshold of 1 when every call fails', async () => {
    const { breaker } = setUp({ trip: failureRate({ threshold: 1, windowMs: 10_000, minimumCalls: 3 }) });
    await fail(breaker, 2);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('asks for 20 calls by default', async () => {
    const { breaker } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000 }) });
    await fail(breaker, 19);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('counts neither what is ignored nor what is rejected', async () => {
    const { breaker } = setUp({
      trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }),
      ignore: [RangeError],
    });
    await fail(breaker, 3);
    await fail(breaker, 20, new RangeError('says nothing'));
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than its window', async () => {
    const { breaker, clock } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
    await fail(breaker, 3);
    clock.advance(7_500);
    await succeed(breaker);
    clock.advance(7_500);
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(1);
  });

  it('remembers what is well within its window', async () => {
    const { breaker, clock } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
    await fail(breaker, 2);
    clock.advance(4_000);
    await fail(breaker);
    clock.advance(4_000);
    expect(breaker.snapshot().failures).toBe(3);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('is emptied by a gap longer than its window', async () => {
    for (const gap of [10_001, 20_000, 3_600_000, 1_000_000_007]) {
      const { breaker, clock } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
      await fail(breaker, 3);
      clock.advance(gap);
      expect(breaker.snapshot().failures).toBe(0);
      await fail(breaker, 3);
      expect(breaker.state).toBe('closed');
      await fail(breaker);
      expect(breaker.state).toBe('open');
    }
  });

  it('counts a time that goes backwards as no time', async () => {
    const { breaker, clock } = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 4 }) });
    await fail(breaker, 3);
    clock.jump(-40_000);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('trips by slow calls, at slowCallThreshold', async () => {
    const setting = setUp({
      trip: failureRate({
        threshold: 0.9,
        windowMs: 100_000,
        minimumCalls: 4,
        slowCallMs: 100,
        slowCallThreshold: 0.5,
      }),
    });
    await slowSuccess(setting, 10);
    await slowSuccess(setting, 10);
    await slowSuccess(setting, 101);
    expect(setting.breaker.state).toBe('closed');
    expect(await slowSuccess(setting, 101)).toBe('value');
    expect(setting.breaker.state).toBe('open');
    expect(setting.breaker.counts).toMatchObject({ successes: 4, failures: 0, slow: 2 });
    expect(setting.recorder.of('success').map((event) => event.slow)).toEqual([false, false, true, true]);
    expect(setting.recorder.last('state-change')).toMatchObject({ from: 'closed', to: 'open', reason: 'tripped' });
  });

  it('takes threshold for slowCallThreshold where none is given', async () => {
    const setting = setUp({
      trip: failureRate({ threshold: 0.75, windowMs: 100_000, minimumCalls: 4, slowCallMs: 100 }),
    });
    await slowSuccess(setting, 10);
    await slowSuccess(setting, 500);
    await slowSuccess(setting, 500);
    expect(setting.breaker.state).toBe('closed');
    await slowSuccess(setting, 500);
    expect(setting.breaker.state).toBe('open');
  });

  it('counts as slow only what takes longer than slowCallMs', async () => {
    const setting = setUp({ trip: failureRate({ threshold: 1, windowMs: 100_000, minimumCalls: 3, slowCallMs: 100 }) });
    for (let call = 0; call < 6; call += 1) {
      await slowSuccess(setting, 100);
    }
    expect(setting.breaker.state).toBe('closed');
    expect(setting.breaker.counts.slow).toBe(0);
  });

  it('counts a slow failure as both', async () => {
    const setting = setUp({
      trip: failureRate({ threshold: 1, windowMs: 100_000, minimumCalls: 2, slowCallMs: 100, slowCallThreshold: 1 }),
    });
    await setting.breaker
      .execute(() => {
        setting.clock.advance(200);
        throw new Error('down');
      })
      .catch(() => undefined);
    expect(setting.breaker.counts).toMatchObject({ failures: 1, slow: 1 });
    expect(setting.recorder.last('failure')).toMatchObject({ slow: true, durationMs: 200 });
  });

  it('does not count slow calls where slowCallMs is absent', async () => {
    const setting = setUp({ trip: failureRate({ threshold: 0.5, windowMs: 1_000_000, minimumCalls: 2 }) });
    await slowSuccess(setting, 10_000);
    await slowSuccess(setting, 10_000);
    expect(setting.breaker.state).toBe('closed');
    expect(setting.breaker.counts.slow).toBe(0);
  });

  it('is mergeable; its key tells windows apart, not thresholds', () => {
    const policy = failureRate({ threshold: 0.5, windowMs: 1_000 });
    expect(policy.mergeable).toBe(true);
    expect(policy.windowMs).toBe(1_000);
    expect(policy.key).toBe(failureRate({ threshold: 0.2, windowMs: 1_000 }).key);
    expect(policy.key).not.toBe(failureRate({ threshold: 0.5, windowMs: 2_000 }).key);
    expect(failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: 30 }).slowCallMs).toBe(30);
  });

  it('takes tallies of many calls, some time old, in any order', () => {
    const policy = failureRate({ threshold: 0.5, windowMs: 10_000, minimumCalls: 10 });
    const old: Tally = { successes: 0, failures: 9, slow: 0, streak: 9, ageMs: 15_000 };
    const young: Tally = { successes: 5, failures: 4, slow: 0, streak: 1, ageMs: 2_000 };
    const fresh: Tally = { successes: 0, failures: 1, slow: 0, streak: 1, ageMs: 0 };
    const now = 1_000_000;
    expect(policy.trips(after(policy, [young, old], now), now)).toBe(false);
    expect(policy.trips(after(policy, [old, young], now), now)).toBe(false);
    expect(policy.trips(after(policy, [young, fresh], now), now)).toBe(true);
    expect(policy.trips(after(policy, [fresh, young], now), now)).toBe(true);
    expect(policy.failures?.(after(policy, [fresh, young, old], now), now)).toBe(5);
  });

  it('keeps a memory of bounded size', () => {
    const policy = failureRate({ threshold: 1, windowMs: 60_000, slowCallMs: 10 });
    let memory = policy.initial();
    const sizes: number[] = [];
    for (let call = 0; call < 100_000; call += 1) {
      memory = policy.record(memory, call % 2 === 0 ? FAILURE : SLOW_SUCCESS, call);
      if (call === 999 || call === 99_999) {
        sizes.push(JSON.stringify(memory).length);
      }
    }
    expect(sizes.at(-1)).toBeLessThan(10_000);
  });

  it('refuses what is out of range', () => {
    for (const threshold of [0, -0.1, 1.01, Number.POSITIVE_INFINITY]) {
      expect(() => failureRate({ threshold, windowMs: 1_000 })).toThrow(RangeError);
      expect(() => failureRate({ threshold, windowMs: 1_000 })).toThrow(/threshold/);
      expect(() => failureRate({ threshold, windowMs: 1_000 })).toThrow(String(threshold));
      expect(() =>
        failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: 5, slowCallThreshold: threshold }),
      ).toThrow(RangeError);
      expect(() =>
        failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: 5, slowCallThreshold: threshold }),
      ).toThrow(/slowCallThreshold/);
    }
    for (const windowMs of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => failureRate({ threshold: 0.5, windowMs })).toThrow(RangeError);
      expect(() => failureRate({ threshold: 0.5, windowMs })).toThrow(/windowMs/);
    }
    for (const minimumCalls of [0, -1, 2.5, Number.POSITIVE_INFINITY]) {
      expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls })).toThrow(RangeError);
      expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls })).toThrow(/minimumCalls/);
    }
    for (const slowCallMs of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs })).toThrow(RangeError);
      expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs })).toThrow(/slowCallMs/);
    }
  });

  it('refuses wrong types, unknown settings, and missing ones', () => {
    expect(() => failureRate({ threshold: '0.5' as never, windowMs: 1_000 })).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5, windowMs: '1000' as never })).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: '3' as never })).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, slowCallMs: null as never })).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5 } as never)).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5 } as never)).toThrow(/windowMs/);
    expect(() => failureRate({ windowMs: 1_000 } as never)).toThrow(TypeError);
    expect(() => failureRate({ windowMs: 1_000 } as never)).toThrow(/threshold/);
    expect(() => failureRate(undefined as never)).toThrow(TypeError);
    expect(() => failureRate(null as never)).toThrow(TypeError);
    expect(() => failureRate(0.5 as never)).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, windowSize: 3 } as never)).toThrow(TypeError);
    expect(() => failureRate({ threshold: 0.5, windowMs: 1_000, windowSize: 3 } as never)).toThrow(/windowSize/);
  });

  it('takes undefined for absent', () => {
    const policy = failureRate({
      threshold: 0.5,
      windowMs: 1_000,
      minimumCalls: undefined,
      slowCallMs: undefined,
      slowCallThreshold: undefined,
    } as Parameters<typeof failureRate>[0]);
    expect(policy.slowCallMs).toBeUndefined();
    expect(policy.trips(after(policy, Array<Tally>(19).fill(FAILURE)), 0)).toBe(false);
    expect(policy.trips(after(policy, Array<Tally>(20).fill(FAILURE)), 0)).toBe(true);
  });
});

describe('failureCount', () => {
  it('trips at the number of failures in its window; successes take nothing away', async () => {
    const { breaker } = setUp({ trip: failureCount({ threshold: 3, windowMs: 10_000 }) });
    await fail(breaker);
    await succeed(breaker, 10);
    await fail(breaker);
    await succeed(breaker, 10);
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(2);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('forgets what is older than its window', async () => {
    const { breaker, clock } = setUp({ trip: failureCount({ threshold: 3, windowMs: 10_000 }) });
    await fail(breaker, 2);
    clock.advance(7_500);
    await fail(breaker);
    expect(breaker.state).toBe('open');

    const other = setUp({ trip: failureCount({ threshold: 3, windowMs: 10_000 }) });
    await fail(other.breaker);
    other.clock.advance(7_500);
    await fail(other.breaker);
    other.clock.advance(7_500);
    await fail(other.breaker);
    expect(other.breaker.state).toBe('closed');
    expect(other.breaker.snapshot().failures).toBe(2);
  });

  it('is emptied by a gap longer than its window', async () => {
    const { breaker, clock } = setUp({ trip: failureCount({ threshold: 2, windowMs: 10_000 }) });
    for (let round = 0; round < 5; round += 1) {
      await fail(breaker);
      clock.advance(10_001);
    }
    expect(breaker.state).toBe('closed');
    expect(breaker.snapshot().failures).toBe(0);
  });

  it('counts a time that goes backwards as no time', async () => {
    const { breaker, clock } = setUp({ trip: failureCount({ threshold: 2, windowMs: 10_000 }) });
    await fail(breaker);
    clock.jump(-40_000);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('is not mergeable; its key tells windows apart, not thresholds', () => {
    const policy = failureCount({ threshold: 3, windowMs: 1_000 });
    expect(policy.mergeable ?? false).toBe(false);
    expect(policy.windowMs).toBe(1_000);
    expect(policy.key).toBe(failureCount({ threshold: 9, windowMs: 1_000 }).key);
    expect(policy.key).not.toBe(failureCount({ threshold: 3, windowMs: 2_000 }).key);
  });

  it('keeps a memory of bounded size', () => {
    const policy = failureCount({ threshold: 1_000_000, windowMs: 200_000 });
    let memory = policy.initial();
    for (let call = 0; call < 100_000; call += 1) {
      memory = policy.record(memory, FAILURE, call);
    }
    expect(JSON.stringify(memory).length).toBeLessThan(10_000);
    expect(policy.failures?.(memory, 100_000)).toBe(100_000);
  });

  it('refuses bad settings', () => {
    for (const threshold of [0, -1, 1.5, Number.POSITIVE_INFINITY]) {
      expect(() => failureCount({ threshold, windowMs: 1_000 })).toThrow(RangeError);
      expect(() => failureCount({ threshold, windowMs: 1_000 })).toThrow(/threshold/);
    }
    for (const windowMs of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => failureCount({ threshold: 2, windowMs })).toThrow(RangeError);
      expect(() => failureCount({ threshold: 2, windowMs })).toThrow(/windowMs/);
    }
    expect(() => failureCount({ threshold: '2' as never, windowMs: 1_000 })).toThrow(TypeError);
    expect(() => failureCount({ threshold: 2 } as never)).toThrow(TypeError);
    expect(() => failureCount({ threshold: 2, windowMs: 1_000, minimumCalls: 3 } as never)).toThrow(TypeError);
    expect(() => failureCount({ threshold: 2, windowMs: 1_000, minimumCalls: 3 } as never)).toThrow(/minimumCalls/);
    expect(() => failureCount(undefined as never)).toThrow(TypeError);
  });
});

describe('lastCalls', () => {
  it('trips at the share of its last calls, not only above', async () => {
    const { breaker } = setUp({ trip: lastCalls({ size: 4, threshold: 0.5 }) });
    await succeed(breaker, 2);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('asks for as many calls as its size by default', async () => {
    const { breaker } = setUp({ trip: lastCalls({ size: 4, threshold: 0.5 }) });
    await fail(breaker, 3);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('asks for minimumCalls where given', async () => {
    const { breaker } = setUp({ trip: lastCalls({ size: 10, threshold: 0.5, minimumCalls: 2 }) });
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('remembers its last calls only', async () => {
    const { breaker } = setUp({ trip: lastCalls({ size: 4, threshold: 0.75 }) });
    await fail(breaker, 2);
    await succeed(breaker, 3);
    expect(breaker.snapshot().failures).toBe(1);
    await succeed(breaker);
    expect(breaker.snapshot().failures).toBe(0);
    await fail(breaker, 2);
    expect(breaker.snapshot().failures).toBe(2);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('knows no time', async () => {
    const { breaker, clock } = setUp({ trip: lastCalls({ size: 2, threshold: 1 }) });
    await fail(breaker);
    clock.advance(1_000_000_000);
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('is not mergeable, has no window; its key tells sizes apart, not thresholds', () => {
    const policy = lastCalls({ size: 5, threshold: 0.5 });
    expect(policy.mergeable ?? false).toBe(false);
    expect(policy.windowMs).toBeUndefined();
    expect(policy.key).toBe(lastCalls({ size: 5, threshold: 1 }).key);
    expect(policy.key).not.toBe(lastCalls({ size: 6, threshold: 0.5 }).key);
  });

  it('refuses bad settings', () => {
    for (const size of [0, -1, 1.5, Number.POSITIVE_INFINITY]) {
      expect(() => lastCalls({ size, threshold: 0.5 })).toThrow(RangeError);
      expect(() => lastCalls({ size, threshold: 0.5 })).toThrow(/size/);
    }
    for (const threshold of [0, -1, 1.5]) {
      expect(() => lastCalls({ size: 5, threshold })).toThrow(RangeError);
      expect(() => lastCalls({ size: 5, threshold })).toThrow(/threshold/);
    }
    for (const minimumCalls of [0, 2.5, -3]) {
      expect(() => lastCalls({ size: 5, threshold: 0.5, minimumCalls })).toThrow(RangeError);
      expect(() => lastCalls({ size: 5, threshold: 0.5, minimumCalls })).toThrow(/minimumCalls/);
    }
    expect(() => lastCalls({ size: '5' as never, threshold: 0.5 })).toThrow(TypeError);
    expect(() => lastCalls({ size: 5, threshold: '0.5' as never })).toThrow(TypeError);
    expect(() => lastCalls({ threshold: 0.5 } as never)).toThrow(TypeError);
    expect(() => lastCalls({ size: 5 } as never)).toThrow(TypeError);
    expect(() => lastCalls({ size: 5, threshold: 0.5, windowMs: 3 } as never)).toThrow(TypeError);
    expect(() => lastCalls({ size: 5, threshold: 0.5, windowMs: 3 } as never)).toThrow(/windowMs/);
    expect(() => lastCalls(undefined as never)).toThrow(TypeError);
  });

  it('refuses minimumCalls above its size: it could never trip', () => {
    expect(() => lastCalls({ size: 5, threshold: 0.5, minimumCalls: 6 })).toThrow(/minimumCalls/);
    expect(() => lastCalls({ size: 5, threshold: 0.5, minimumCalls: 5 })).not.toThrow();
  });
});

describe('the memory of a policy', () => {
  const policies: Record<string, TripPolicy<unknown>> = {
    consecutiveFailures: consecutiveFailures(4) as TripPolicy<unknown>,
    failureRate: failureRate({
      threshold: 0.5,
      windowMs: 1_000,
      minimumCalls: 4,
      slowCallMs: 5,
    }) as TripPolicy<unknown>,
    failureCount: failureCount({ threshold: 4, windowMs: 1_000 }) as TripPolicy<unknown>,
    lastCalls: lastCalls({ size: 4, threshold: 0.5 }) as TripPolicy<unknown>,
  };

  for (const [name, policy] of Object.entries(policies)) {
    it(`of ${name} is JSON-safe, from the beginning`, () => {
      let memory = policy.initial();
      expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
      for (const [index, tally] of [FAILURE, SUCCESS, SLOW_SUCCESS, FAILURE, FAILURE, FAILURE].entries()) {
        const copy: unknown = JSON.parse(JSON.stringify(memory));
        memory = policy.record(memory, tally, index * 10);
        const next = policy.record(copy, tally, index * 10);
        expect(next).toEqual(memory);
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
        expect(policy.trips(next, index * 10)).toBe(policy.trips(memory, index * 10));
      }
    });

    it(`of ${name} is not shared between breakers`, async () => {
      const one = setUp({ trip: policy });
      const two = setUp({ trip: policy });
      await fail(one.breaker, 3);
      expect(two.breaker.snapshot().failures).toBe(0);
      await fail(two.breaker);
      expect(two.breaker.snapshot().failures).toBe(1);
      expect(two.breaker.state).toBe('closed');
    });

    it(`of ${name} does not trip when empty`, () => {
      expect(policy.trips(policy.initial(), 0)).toBe(false);
      expect(policy.failures?.(policy.initial(), 0)).toBe(0);
    });

    it(`of ${name} is empty after a close() and after a recovery`, async () => {
      const { breaker, clock } = setUp({ trip: policy, resetTimeoutMs: 100 });
      await fail(breaker, 3);
      await breaker.close();
      expect(breaker.snapshot().failures).toBe(0);
      await fail(breaker, 3);
      expect(breaker.state).toBe('closed');
      await fail(breaker);
      expect(breaker.state).toBe('open');
      clock.advance(100);
      await succeed(breaker);
      expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 0 });
      await fail(breaker, 3);
      expect(breaker.state).toBe('closed');
    });
  }
});

describe('a policy without windowMs', () => {
  const policies: Record<string, CircuitBreakerOptions> = {
    failureThreshold: { failureThreshold: 1_000 },
    consecutiveFailures: { trip: consecutiveFailures(1_000) },
    lastCalls: { trip: lastCalls({ size: 1_000, threshold: 1 }) },
  };

  for (const [name, options] of Object.entries(policies)) {
    it(`${name}: never makes the breaker read the clock while closed`, async () => {
      const { breaker, clock } = setUp({ ...options, listeners: [] });
      const before = clock.reads;
      await succeed(breaker, 20);
      await fail(breaker, 20);
      await succeed(breaker, 20);
      breaker.executeSync(() => 1);
      expect(() =>
        breaker.executeSync(() => {
          throw new Error('down');
        }),
      ).toThrow('down');
      await breaker.wrap(async () => 1)();
      expect(breaker.state).toBe('closed');
      expect(clock.reads).toBe(before);
    });
  }

  it('gets 0 for now, whatever the time', async () => {
    const seen: number[] = [];
    const policy: TripPolicy<number> = {
      key: 'own',
      initial: () => 0,
      record: (memory, tally, now) => {
        seen.push(now);
        return memory + tally.failures;
      },
      trips: (memory, now) => {
        seen.push(now);
        return memory >= 3;
      },
      failures: (memory, now) => {
        seen.push(now);
        return memory;
      },
    };
    const { breaker, clock } = setUp({ trip: policy as TripPolicy<unknown> });
    clock.advance(1_234);
    await fail(breaker, 2);
    await succeed(breaker);
    expect(breaker.snapshot().failures).toBe(2);
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen)).toEqual(new Set([0]));
  });
});

describe('a policy of one’s own', () => {
  interface Seen {
    readonly tally: Tally;
    readonly now: number;
  }

  function recordingPolicy(settings: Partial<TripPolicy<unknown>> = {}): { policy: TripPolicy<unknown>; seen: Seen[] } {
    const seen: Seen[] = [];
    const policy: TripPolicy<unknown> = {
      key: 'recording',
      initial: () => ({ failures: 0 }),
      record: (memory, tally, now) => {
        seen.push({ tally: { ...tally }, now });
        return { failures: (memory as { failures: number }).failures + tally.failures };
      },
      trips: (memory) => (memory as { failures: number }).failures >= 3,
      failures: (memory) => (memory as { failures: number }).failures * 10,
      ...settings,
    };
    return { policy, seen };
  }

  it('gets a tally of one for each call', async () => {
    const { policy, seen } = recordingPolicy();
    const { breaker } = setUp({ trip: policy, ignore: [RangeError] });
    await succeed(breaker);
    await fail(breaker);
    await fail(breaker, 1, new RangeError('says nothing'));
    await fail(breaker);
    expect(seen.map(({ tally }) => tally)).toEqual([SUCCESS, FAILURE, FAILURE]);
  });

  it('gets the time where it has a window', async () => {
    const { policy, seen } = recordingPolicy({ windowMs: 1_000 });
    const { breaker, clock } = setUp({ trip: policy });
    await fail(breaker);
    clock.advance(250);
    await fail(breaker);
    expect(seen.map(({ now }) => now)).toEqual([50_000, 50_250]);
  });

  it('gets slow calls where it has slowCallMs', async () => {
    const { policy, seen } = recordingPolicy({ slowCallMs: 50 });
    const setting = setUp({ trip: policy });
    await slowSuccess(setting, 50);
    await slowSuccess(setting, 51);
    expect(seen.map(({ tally }) => tally.slow)).toEqual([0, 1]);
    expect(setting.breaker.counts.slow).toBe(1);
  });

  it('decides when to trip, and what the snapshot shows', async () => {
    const { policy } = recordingPolicy();
    const { breaker } = setUp({ trip: policy });
    await fail(breaker, 2);
    expect(breaker.snapshot()).toMatchObject({ state: 'closed', failures: 20 });
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });

  it('may change its memory in place and return it', async () => {
    const policy: TripPolicy<unknown> = {
      key: 'in place',
      initial: () => ({ failures: 0 }),
      record: (memory, tally) => {
        const own = memory as { failures: number };
        own.failures += tally.failures;
        return own;
      },
      trips: (memory) => (memory as { failures: number }).failures >= 2,
    };
    const { breaker } = setUp({ trip: policy });
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    await breaker.close();
    await fail(breaker);
    expect(breaker.state).toBe('closed');
  });

  it('may keep state in an instance of a class', async () => {
    class Total implements TripPolicy<number> {
      readonly key = 'total';
      readonly #limit = 2;
      initial(): number {
        return 0;
      }
      record(memory: number, tally: Tally): number {
        return memory + tally.failures;
      }
      trips(memory: number): boolean {
        return memory >= this.#limit;
      }
    }
    const { breaker } = setUp({ trip: new Total() as TripPolicy<unknown> });
    await fail(breaker, 2);
    expect(breaker.state).toBe('open');
  });

  it('that throws in record is passed over for the default, and reported', async () => {
    const fault = new Error('bad policy');
    const { policy } = recordingPolicy({
      record: () => {
        throw fault;
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    const error = new Error('down');
    for (let call = 0; call < 4; call += 1) {
      expect(await rejectionOf(breaker.execute(() => Promise.reject(error)))).toBe(error);
    }
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(recorder.of('listener-error').length).toBeGreaterThan(0);
    expect(recorder.of('listener-error').every((event) => event.error === fault)).toBe(true);
  });

  it('that throws in trips is passed over for the default, and reported', async () => {
    const fault = new Error('bad policy');
    const { policy } = recordingPolicy({
      trips: () => {
        throw fault;
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(recorder.of('listener-error').every((event) => event.error === fault)).toBe(true);
    expect(recorder.of('listener-error').length).toBeGreaterThan(0);
  });

  it('that throws in failures does not keep a snapshot from being taken', async () => {
    const fault = new Error('bad policy');
    const { policy } = recordingPolicy({
      failures: () => {
        throw fault;
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    await fail(breaker);
    expect(breaker.snapshot().state).toBe('closed');
    expect(recorder.of('listener-error').map((event) => event.error)).toContain(fault);
  });

  it('that throws at the beginning is passed over for the default, and reported', async () => {
    const fault = new Error('bad policy');
    const { policy } = recordingPolicy({
      initial: () => {
        throw fault;
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    await fail(breaker, 4);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
    expect(recorder.of('listener-error').map((event) => event.error)).toContain(fault);
  });

  it('that throws at a new beginning does not keep the circuit from closing', async () => {
    const fault = new Error('bad policy');
    let beginnings = 0;
    const { policy } = recordingPolicy({
      initial: () => {
        beginnings += 1;
        if (beginnings > 1) {
          throw fault;
        }
        return { failures: 0 };
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    await breaker.open();
    await breaker.close();
    expect(breaker.state).toBe('closed');
    expect(await breaker.execute(async () => 'value')).toBe('value');
    await fail(breaker, 5);
    expect(breaker.state).toBe('open');
    expect(recorder.of('listener-error').map((event) => event.error)).toContain(fault);
  });

  it('that throws does no harm to a call that succeeds', async () => {
    const { policy } = recordingPolicy({
      record: () => {
        throw new Error('bad policy');
      },
    });
    const { breaker, recorder } = setUp({ trip: policy });
    expect(await breaker.execute(async () => 'value')).toBe('value');
    expect(breaker.executeSync(() => 'value')).toBe('value');
    expect(breaker.counts).toMatchObject({ calls: 2, successes: 2 });
    expect(recorder.of('listener-error').length).toBeGreaterThan(0);
  });
});

describe('exponentialBackoff', () => {
  it('doubles from initialMs up to maxMs', () => {
    const delay = exponentialBackoff({ initialMs: 100, maxMs: 1_000, jitter: 0 });
    expect([1, 2, 3, 4, 5, 6].map((trips) => delay(trips, () => 0.5))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('grows by the factor that is given', () => {
    const delay = exponentialBackoff({ initialMs: 10, maxMs: 1_000_000, factor: 3, jitter: 0 });
    expect([1, 2, 3, 4].map((trips) => delay(trips, () => 0.5))).toEqual([10, 30, 90, 270]);
  });

  it('stays at maxMs for any number of trips', () => {
    const delay = exponentialBackoff({ initialMs: 1, maxMs: 5_000, factor: 10, jitter: 0 });
    for (const trips of [100, 1_000, 1_000_000, Number.MAX_SAFE_INTEGER]) {
      expect(delay(trips, () => 0)).toBe(5_000);
    }
  });

  it('lets chance take a fifth away by default, no more', () => {
    const delay = exponentialBackoff({ initialMs: 1_000, maxMs: 8_000 });
    const ends = [delay(1, () => 0), delay(1, () => 1 - Number.EPSILON)].sort((a, b) => a - b);
    expect(ends[0]).toBeCloseTo(800, 3);
    expect(ends[1]).toBeCloseTo(1_000, 3);
    const middle = delay(1, () => 0.5);
    expect(middle).toBeGreaterThan(800);
    expect(middle).toBeLessThan(1_000);
  });

  it('lets chance take away from the bounded delay as well', () => {
    const delay = exponentialBackoff({ initialMs: 1_000, maxMs: 2_000, jitter: 0.5 });
    for (const chance of [0, 0.25, 0.5, 0.75, 0.999]) {
      expect(delay(9, () => chance)).toBeGreaterThanOrEqual(1_000);
      expect(delay(9, () => chance)).toBeLessThanOrEqual(2_000);
    }
    expect(
      Math.min(
        delay(9, () => 0),
        delay(9, () => 0.999),
      ),
    ).toBeLessThan(1_010);
  });

  it('lets chance take everything at a jitter of 1', () => {
    const delay = exponentialBackoff({ initialMs: 1_000, maxMs: 1_000, jitter: 1 });
    const ends = [delay(1, () => 0), delay(1, () => 0.999999)];
    expect(Math.min(...ends)).toBeLessThan(1);
    expect(Math.max(...ends)).toBeGreaterThan(999);
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(0);
  });

  it('draws from the random source it is handed', async () => {
    let draws = 0;
    const { breaker } = setUp({
      failureThreshold: 1,
      resetTimeoutMs: exponentialBackoff({ initialMs: 1_000, maxMs: 8_000 }),
      random: () => {
        draws += 1;
        return 0.5;
      },
    });
    await fail(breaker);
    expect(draws).toBeGreaterThan(0);
    const { retryAfterMs } = breaker.snapshot();
    expect(retryAfterMs).toBeGreaterThan(800);
    expect(retryAfterMs).toBeLessThan(1_000);
  });

  it('backs off over repeated failed trials, and begins anew after a recovery', async () => {
    const { breaker, clock } = setUp({
      failureThreshold: 1,
      resetTimeoutMs: exponentialBackoff({ initialMs: 100, maxMs: 350, jitter: 0 }),
    });
    const seen: (number | undefined)[] = [];
    for (let round = 0; round < 4; round += 1) {
      await fail(breaker);
      const { retryAfterMs } = breaker.snapshot();
      seen.push(retryAfterMs);
      clock.advance(retryAfterMs ?? 0);
    }
    await succeed(breaker);
    await fail(breaker);
    seen.push(breaker.snapshot().retryAfterMs);
    expect(seen).toEqual([100, 200, 350, 350, 100]);
  });

  it('refuses bad settings', () => {
    for (const jitter of [-0.1, 1.1, Number.POSITIVE_INFINITY]) {
      expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, jitter })).toThrow(RangeError);
      expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, jitter })).toThrow(/jitter/);
    }
    for (const value of [0, -1, Number.POSITIVE_INFINITY]) {
      expect(() => exponentialBackoff({ initialMs: value, maxMs: 2 })).toThrow(RangeError);
      expect(() => exponentialBackoff({ initialMs: value, maxMs: 2 })).toThrow(/initialMs/);
      expect(() => exponentialBackoff({ initialMs: 1, maxMs: value })).toThrow(RangeError);
      expect(() => exponentialBackoff({ initialMs: 1, maxMs: value })).toThrow(/maxMs/);
    }
    expect(() => exponentialBackoff({ initialMs: '1' as never, maxMs: 2 })).toThrow(TypeError);
    expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, factor: '2' as never })).toThrow(TypeError);
    expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, jitter: true as never })).toThrow(TypeError);
    expect(() => exponentialBackoff({ initialMs: 1 } as never)).toThrow(TypeError);
    expect(() => exponentialBackoff({ maxMs: 1 } as never)).toThrow(TypeError);
    expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, base: 3 } as never)).toThrow(TypeError);
    expect(() => exponentialBackoff({ initialMs: 1, maxMs: 2, base: 3 } as never)).toThrow(/base/);
    expect(() => exponentialBackoff(undefined as never)).toThrow(TypeError);
  });
});

describe('the option trip', () => {
  it('refuses what is no policy', () => {
    const whole: TripPolicy<unknown> = { key: 'own', initial: () => 0, record: () => 0, trips: () => false };
    const make = (trip: unknown) => () => new CircuitBreaker('orders', { trip: trip as never });
    for (const trip of ['fast', 5, null, {}, () => true, { ...whole, key: 5 }, { ...whole, initial: undefined }]) {
      expect(make(trip)).toThrow(TypeError);
      expect(make(trip)).toThrow(/trip/);
    }
    for (const member of ['record', 'trips', 'failures']) {
      expect(make({ ...whole, [member]: 'text' })).toThrow(TypeError);
      expect(make({ ...whole, [member]: 'text' })).toThrow(/trip/);
    }
    expect(make({ ...whole, windowMs: 'long' })).toThrow(TypeError);
    expect(make({ ...whole, windowMs: 0 })).toThrow(RangeError);
    expect(make({ ...whole, slowCallMs: 'long' })).toThrow(TypeError);
    expect(make(whole)).not.toThrow();
  });

  it('needs no clock but the one that is given', async () => {
    const clock = new FakeClock();
    const breaker = new CircuitBreaker('orders', {
      clock,
      trip: failureRate({ threshold: 1, windowMs: 100, minimumCalls: 2 }),
    });
    await fail(breaker);
    clock.advance(101);
    await fail(breaker);
    expect(breaker.state).toBe('closed');
    await fail(breaker);
    expect(breaker.state).toBe('open');
  });
});
