import { describe, expect, it } from 'vitest';
import { type CircuitBreakerOptions, shareOutcomes, shareTrips } from '../index.js';
import { consecutiveFailures } from '../policy/consecutive-failures.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { DEFAULT_POLICY, Settings } from '../settings.js';
import { MemoryStorage } from '../storage/memory-storage.js';
import { termsOfCommit } from './terms-of-commit.js';
import { VotesPolicy } from './votes.js';

const boom = new Error('boom');

function setUp(options: CircuitBreakerOptions = {}) {
  const faults: { error: unknown; source: string }[] = [];
  const settings = Settings.of({ storage: new MemoryStorage(), ...options });
  const withTerms = termsOfCommit(
    settings,
    { highestEpoch: 6, random: settings.random },
    { report: (error, source) => faults.push({ error, source }) },
  );
  return { withTerms, faults };
}

describe('what a process brings along to a commit', () => {
  it('is what its options say', () => {
    const trip = consecutiveFailures(2) as TripPolicy;
    const { withTerms } = setUp({ trip, maxTrials: 3, successThreshold: 4, sharing: shareOutcomes({ hearingMs: 70 }) });
    expect(withTerms((given) => given)).toMatchObject({
      rules: { policy: trip, maxTrials: 3, successThreshold: 4 },
      hearingMs: 70,
      highestEpoch: 6,
    });
  });

  it('counts votes, without a hearing, where trips are shared', () => {
    const { withTerms } = setUp({ sharing: shareTrips({ quorum: 2 }) });
    expect(withTerms((given) => given)).toMatchObject({ rules: { policy: new VotesPolicy(2) }, hearingMs: 0 });
  });
});

describe('chance', () => {
  it('is drawn once, and is the same however often the changes are applied', () => {
    let drawn = 0;
    const { withTerms } = setUp({
      random: () => ++drawn / 10,
      resetTimeoutMs: (trips, random) => trips * 1_000 + random() * 100 + random() * 10,
    });
    const run = () => withTerms(({ rules }) => [rules.openForMs(1), rules.openForMs(2)]);
    expect([run(), run()]).toEqual([
      [1_012, 2_034],
      [1_012, 2_034],
    ]);
    expect(drawn).toBe(4);
  });
});

describe('a function of the user that throws', () => {
  const policy = (throws: () => boolean): TripPolicy => ({
    key: 'broken',
    mergeable: true,
    initial: () => 0,
    record: (memory) => memory,
    trips: () => {
      if (throws()) throw boom;
      return false;
    },
  });

  it('is replaced by the default policy, and told of once', () => {
    const { withTerms, faults } = setUp({ trip: policy(() => true) });
    const run = () =>
      withTerms(({ rules }) => {
        rules.policy.trips(0, 0);
        return rules.policy;
      });
    expect([run(), run()]).toEqual([DEFAULT_POLICY, DEFAULT_POLICY]);
    expect(faults).toEqual([{ error: boom, source: 'trip' }]);
  });

  it('keeps all the other terms', () => {
    const { withTerms } = setUp({ trip: policy(() => true), maxTrials: 3, sharing: shareOutcomes({ hearingMs: 70 }) });
    const given = withTerms((each) => {
      each.rules.policy.trips(0, 0);
      return each;
    });
    expect(given).toMatchObject({ rules: { maxTrials: 3 }, hearingMs: 70, highestEpoch: 6 });
  });

  it('leaves the circuit open for the default time, and is told of once, beside another', () => {
    const resetTimeoutMs = () => {
      throw boom;
    };
    const { withTerms, faults } = setUp({ resetTimeoutMs, trip: policy(() => true) });
    const run = () =>
      withTerms(({ rules }) => {
        rules.policy.trips(0, 0);
        return rules.openForMs(1);
      });
    expect([run(), run()]).toEqual([60_000, 60_000]);
    expect(faults.map(({ source }) => source)).toEqual(['trip', 'resetTimeoutMs']);
  });
});
