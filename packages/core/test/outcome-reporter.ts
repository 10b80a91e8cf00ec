import type { FleetHost } from '../src/fleet/fleet-host.js';
import { OutcomeReporter } from '../src/fleet/outcome-reporter.js';
import type { ClosedRecord, FleetRecord } from '../src/fleet/record.js';
import { View } from '../src/fleet/view.js';
import { type CircuitBreakerOptions, failureRate, MemoryStorage, shareOutcomes } from '../src/index.js';
import type { TripPolicy } from '../src/policy/trip-policy.js';
import { Settings } from '../src/settings.js';
import { FakeClock } from './fake-clock.js';
import { closedRecord, NOW } from './fleet-records.js';
import { NOTHING } from './tallies.js';

export const WINDOW = failureRate({ threshold: 0.5, windowMs: 1_000 }) as TripPolicy;

/** A reporter in a closed epoch, and what it has told the outbox at which time. */
export function setUpReporter(options: CircuitBreakerOptions = {}, chance = 0, flushIntervalMs = 50) {
  const clock = new FakeClock(NOW);
  let settings = Settings.of({ storage: new MemoryStorage(), clock, random: () => chance, ...options });
  const view = new View(
    () => clock.now(),
    () => chance,
  );
  const told: { readonly at: number; readonly tallies: unknown }[] = [];
  const known: (number | undefined)[] = [];
  let isAsked = false;
  const sharing = shareOutcomes({ flushIntervalMs, hearingMs: 100 });
  const reporter = new OutcomeReporter(
    {
      get settings() {
        return settings;
      },
    } as FleetHost,
    sharing,
    view,
    () => {
      if (isAsked) return;
      const evidence = reporter.evidence();
      told.push({ at: clock.time - NOW, tallies: evidence?.tallies });
      known.push(evidence?.knownStreak);
    },
  );
  const adopt = (record: FleetRecord | undefined) => {
    const { record: before, generation } = view;
    view.adopt(record);
    reporter.viewChanged(before, view.generation !== generation);
  };
  const gather = (...verdicts: readonly ('success' | 'failure' | 'slow')[]) => {
    const now = settings.policy.windowMs === undefined ? 0 : clock.now();
    for (const each of verdicts) reporter.outcome(each === 'failure' ? 'failure' : 'success', each === 'slow', now);
  };
  /** What is proposed of what was gathered. */
  const take = () => {
    isAsked = true;
    reporter.flush();
    isAsked = false;
    return reporter.take((reason) => `era ${reason}`);
  };
  const configure = (changes: CircuitBreakerOptions) => {
    settings = settings.with(changes);
    reporter.reconfigure();
  };
  adopt(closedRecord());
  return { clock, view, told, known, reporter, adopt, gather, take, configure };
}

/** A tally of failures in a row. */
export const failures = (count: number) => ({ ...NOTHING, failures: count, streak: count });

/** The epoch at hand, with so many failures in a row. */
export const streak = (memory: number, more: Partial<ClosedRecord> = {}) => closedRecord({ memory, ...more });

/** A hearing that ends so much later. */
export const hearing = (leftMs: number, more: Partial<ClosedRecord> = {}) =>
  streak(3, { hearingEndsAt: NOW + leftMs, ...more });

/** A policy of one's own: counts failures, and is mergeable. */
export function policyOfUser(): TripPolicy {
  return {
    key: 'of-user',
    mergeable: true,
    initial: () => 0,
    record: (memory, { failures: count }) => (memory as number) + count,
    trips: () => false,
    failures: (memory) => memory as number,
  };
}

export function fault(): never {
  throw new Error('boom');
}
