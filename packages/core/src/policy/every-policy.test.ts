import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneOutcome } from '../../test/arbitrary-tallies.js';
import { deepFreeze } from '../../test/deep-freeze.js';
import { FAILURE } from '../../test/tallies.js';
import { checkTripPolicy } from './check-trip-policy.js';
import { consecutiveFailures } from './consecutive-failures.js';
import { failureCount } from './failure-count.js';
import { failureRate } from './failure-rate.js';
import { lastCalls } from './last-calls.js';
import type { TripPolicy } from './trip-policy.js';

const POLICIES = Object.entries({
  consecutiveFailures: consecutiveFailures(3),
  failureCount: failureCount({ threshold: 3, windowMs: 100 }),
  failureRate: failureRate({ threshold: 0.5, windowMs: 100, minimumCalls: 2, slowCallMs: 10 }),
  lastCalls: lastCalls({ size: 20, threshold: 0.5, minimumCalls: 2 }),
}) as [string, TripPolicy][];

const sequences = fc.array(fc.record({ gap: fc.integer({ min: -20, max: 60 }), tally: oneOutcome }), { maxLength: 60 });

describe.each(POLICIES)('%s', (_, policy) => {
  it('passes the check of a policy', () => {
    expect(() => checkTripPolicy('trip', policy)).not.toThrow();
  });

  it('goes on alike with a memory that went through JSON at any time', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        let kept = policy.initial();
        let sent = policy.initial();
        let now = 1_000;
        for (const { gap, tally } of sequence) {
          now += gap;
          kept = policy.record(kept, tally, now);
          sent = JSON.parse(JSON.stringify(policy.record(sent, tally, now)));
          expect(sent).toEqual(kept);
          expect(policy.trips(sent, now)).toBe(policy.trips(kept, now));
          expect(policy.failures?.(sent, now)).toBe(policy.failures?.(kept, now));
        }
      }),
    );
  });

  it('changes nothing where it only says whether it trips, and at how many failures', () => {
    fc.assert(
      fc.property(sequences, fc.integer({ min: -200, max: 200 }), (sequence, later) => {
        let memory = policy.initial();
        let now = 1_000;
        for (const { gap, tally } of sequence) {
          now += gap;
          memory = policy.record(memory, tally, now);
        }
        const before = JSON.stringify(deepFreeze(memory));
        policy.trips(memory, now + later);
        policy.failures?.(memory, now + later);
        expect(JSON.stringify(memory)).toBe(before);
      }),
    );
  });

  it('remembers no more after 10 000 outcomes than after a few', () => {
    let memory = policy.initial();
    for (let outcome = 0; outcome < 10_000; outcome++) memory = policy.record(memory, FAILURE, outcome * 3);
    expect(JSON.stringify(memory).length).toBeLessThan(200);
  });

  it('begins with a memory of its own each time', () => {
    policy.record(policy.initial(), FAILURE, 0);
    expect(policy.failures?.(policy.initial(), 0)).toBe(0);
  });

  it('does not trip on nothing', () => {
    expect(policy.trips(policy.initial(), 0)).toBe(false);
  });
});
