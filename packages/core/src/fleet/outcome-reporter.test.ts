import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.js';
import { closedRecord, NOW, openRecord } from '../../test/fleet-records.js';
import { FAILURE, NOTHING, SUCCESS } from '../../test/tallies.js';
import {
  type CircuitBreakerOptions,
  consecutiveFailures,
  failureRate,
  MemoryStorage,
  shareOutcomes,
} from '../index.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { Settings } from '../settings.js';
import { OutcomeReporter } from './outcome-reporter.js';
import type { ClosedRecord, FleetRecord } from './record.js';
import { View } from './view.js';

const WINDOW = failureRate({ threshold: 0.5, windowMs: 1_000 }) as TripPolicy;

/** A reporter in a closed epoch, and what it has told the outbox at which time. */
function setUp(options: CircuitBreakerOptions = {}, chance = 0) {
  const clock = new FakeClock(NOW);
  let settings = Settings.of({ storage: new MemoryStorage(), clock, random: () => chance, ...options });
  const view = new View(() => clock.now(), Math.random);
  const told: { readonly at: number; readonly tallies: unknown }[] = [];
  const sharing = shareOutcomes({ flushIntervalMs: 50, hearingMs: 100 });
  const reporter = new OutcomeReporter(
    () => settings,
    sharing,
    view,
    () => told.push({ at: clock.time - NOW, tallies: reporter.take()?.tallies }),
  );
  const adopt = (record: FleetRecord | undefined) => {
    const { record: before, generation } = view;
    view.adopt(record);
    reporter.viewChanged(before, view.generation !== generation);
  };
  const gather = (...verdicts: readonly ('success' | 'failure' | 'slow')[]) => {
    const now = settings.policy.windowMs === undefined ? 0 : clock.now();
    for (const each of verdicts) reporter.gather(each === 'failure' ? each : 'success', each === 'slow', now);
  };
  const configure = (changes: CircuitBreakerOptions) => {
    settings = settings.with(changes);
    reporter.reconfigure();
  };
  adopt(closedRecord());
  return { clock, view, told, reporter, adopt, gather, configure };
}

const failures = (count: number) => ({ ...NOTHING, failures: count, streak: count });

/** The epoch at hand, with so many failures in a row. */
const streak = (memory: number, more: Partial<ClosedRecord> = {}) => closedRecord({ memory, ...more });

/** A hearing that ends so much later. */
const hearing = (leftMs: number, more: Partial<ClosedRecord> = {}) =>
  streak(3, { hearingEndsAt: NOW + leftMs, ...more });

describe('failures', () => {
  it('are gathered for the flush interval, and told once, together', () => {
    const { clock, told, gather } = setUp();
    gather('failure');
    clock.advance(49);
    gather('failure');
    expect(told).toEqual([]);
    clock.advance(1_000);
    expect(told).toEqual([{ at: 50, tallies: [failures(2)] }]);
    expect(clock.pending).toBe(0);
  });

  it('are gathered for up to a fifth longer by chance', () => {
    const { clock, told, gather } = setUp({}, 0.5);
    gather('failure');
    clock.advance(100);
    expect(told).toMatchObject([{ at: 55 }]);
  });

  it('are told with the successes that came with them', () => {
    const { clock, told, gather } = setUp();
    gather('failure', 'success', 'failure');
    clock.advance(50);
    expect(told).toMatchObject([{ tallies: [{ successes: 1, failures: 2, streak: 1 }] }]);
  });

  it('that a success has cancelled meanwhile are not told', () => {
    const { clock, told, gather } = setUp();
    gather('failure', 'failure', 'success');
    clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('that a success has cancelled are told where the policy has a window', () => {
    const { clock, told, gather } = setUp({ trip: WINDOW });
    gather('failure', 'success');
    clock.advance(50);
    expect(told).toEqual([{ at: 50, tallies: [{ ...NOTHING, successes: 1, failures: 1, ageMs: 50 }] }]);
  });

  it('are told where a policy throws: the commit tells of the fault', () => {
    const trip: TripPolicy = { ...policyOfUser(), record: () => fault() };
    const { clock, told, gather } = setUp({ trip });
    gather('failure', 'success');
    clock.advance(50);
    expect(told).toHaveLength(1);
  });

  it('are told at once where a flush is asked for, and not again', () => {
    const { clock, told, reporter, gather } = setUp();
    gather('failure');
    reporter.flush();
    expect(told).toMatchObject([{ at: 0, tallies: [failures(1)] }]);
    clock.advance(1_000);
    expect(told).toHaveLength(1);
  });

  it('have to be gathered anew after a report', () => {
    const { clock, told, gather } = setUp();
    gather('failure');
    clock.advance(60);
    gather('failure');
    clock.advance(60);
    expect(told).toEqual([
      { at: 50, tallies: [failures(1)] },
      { at: 110, tallies: [failures(1)] },
    ]);
  });
});

describe('successes', () => {
  it('are not told, also where a flush is asked for', () => {
    const { clock, told, reporter, gather } = setUp();
    gather('success', 'success');
    expect(clock.pending).toBe(0);
    reporter.flush();
    expect(told).toEqual([]);
  });

  it('that were slow are told like failures', () => {
    const { clock, told, gather } = setUp({ trip: WINDOW });
    gather('slow');
    clock.advance(50);
    expect(told).toEqual([{ at: 50, tallies: [{ ...SUCCESS, slow: 1, ageMs: 50 }] }]);
  });
});

describe('a process that has seen successes', () => {
  it('says so as soon as a hearing is on', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(streak(2));
    gather('success');
    adopt(hearing(100));
    clock.advance(0);
    expect(told).toEqual([{ at: 0, tallies: [SUCCESS] }]);
  });

  it('says so where the success comes while the hearing is on', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(hearing(100));
    clock.advance(99);
    gather('success');
    clock.advance(0);
    expect(told).toEqual([{ at: 99, tallies: [SUCCESS] }]);
  });

  it.each([
    ['a quarter of the hearing', 100, 12.5],
    ['half of what is left of it', 40, 10],
  ])('waits by chance up to %s', (_, leftMs, at) => {
    const { clock, told, gather, adopt } = setUp({}, 0.5);
    adopt(hearing(leftMs));
    gather('success');
    clock.advance(100);
    expect(told).toMatchObject([{ at }]);
  });

  it('says so once', () => {
    const { clock, told, gather, adopt } = setUp({}, 0.5);
    adopt(hearing(100));
    gather('success', 'success');
    adopt(hearing(100, { revision: 8 }));
    clock.advance(100);
    expect(told).toEqual([{ at: 12.5, tallies: [{ ...SUCCESS, successes: 2 }] }]);
    expect(clock.pending).toBe(0);
  });

  it('may say so again when another success comes', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(hearing(100));
    gather('success');
    clock.advance(5);
    gather('success');
    clock.advance(5);
    expect(told).toHaveLength(2);
  });

  it('says nothing where the word of another has lifted the hearing meanwhile', () => {
    const { clock, told, gather, adopt } = setUp({}, 0.5);
    adopt(hearing(100));
    gather('success');
    adopt(streak(1, { revision: 8 }));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing when the hearing is over', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(hearing(100));
    clock.advance(100);
    gather('success');
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing of what it saw before the row of failures began', () => {
    const { clock, told, gather, adopt } = setUp();
    gather('success');
    adopt(streak(1));
    adopt(hearing(100));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing of what it saw before the row of failures shrank', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(streak(3));
    gather('success');
    adopt(streak(2));
    adopt(hearing(100));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('tells what it saw since, while the row only grew', () => {
    const { clock, told, gather, adopt } = setUp();
    adopt(streak(1));
    gather('success');
    adopt(streak(1, { revision: 8 }));
    adopt(streak(2));
    adopt(hearing(100));
    clock.advance(0);
    expect(told).toHaveLength(1);
  });

  it('tells all that is in the window where the policy has one', () => {
    const { clock, told, gather, adopt } = setUp({ trip: WINDOW });
    gather('success');
    adopt(closedRecord({ policyKey: WINDOW.key, memory: WINDOW.record(WINDOW.initial(), FAILURE, NOW) }));
    adopt(closedRecord({ policyKey: WINDOW.key, memory: WINDOW.initial(), hearingEndsAt: NOW + 100 }));
    clock.advance(0);
    expect(told).toEqual([{ at: 0, tallies: [SUCCESS] }]);
  });

  it('takes a row for none where the policy cannot tell', () => {
    const trip: TripPolicy = { ...policyOfUser(), failures: () => fault() };
    const { clock, told, gather, adopt } = setUp({ trip });
    gather('success');
    adopt(closedRecord({ policyKey: trip.key, memory: 1, hearingEndsAt: NOW + 100 }));
    clock.advance(0);
    expect(told).toHaveLength(1);
  });
});

describe('the process whose report has opened a hearing', () => {
  /** Its report was answered so much after the storage had opened the hearing. */
  function open(leftMs = 100) {
    const all = setUp();
    all.adopt(hearing(leftMs));
    all.reporter.committed(NOW + leftMs);
    return all;
  }

  it('reports at its end, whatever there is', () => {
    const { clock, told } = open();
    clock.advance(99);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([{ at: 100, tallies: [] }]);
  });

  it('counts by the clock of the storage', () => {
    const { clock, told, view, adopt, reporter } = setUp();
    view.setStorageTime(NOW + 30);
    adopt(hearing(100));
    reporter.committed(NOW + 100);
    clock.advance(70);
    expect(told).toMatchObject([{ at: 70 }]);
  });

  it('tries again where the storage did not find it over', () => {
    const { clock, told, reporter } = open();
    clock.advance(100);
    reporter.committed(undefined);
    clock.advance(1);
    expect(told).toMatchObject([{ at: 100 }, { at: 101 }]);
  });

  it('goes on with it when it reports again meanwhile', () => {
    const { clock, told, gather, reporter } = open();
    gather('failure');
    clock.advance(50);
    reporter.committed(undefined);
    clock.advance(100);
    expect(told).toMatchObject([{ at: 50 }, { at: 100 }]);
  });

  it.each([
    ['was lifted', streak(0, { revision: 8 })],
    ['was followed by another', hearing(200, { revision: 8 })],
    ['has opened the circuit', openRecord({ epoch: 5 })],
  ])('does not see to one that %s', (_, record) => {
    const { clock, told, adopt, reporter } = open();
    adopt(record);
    expect(clock.pending).toBe(0);
    reporter.committed(undefined);
    clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('does not see to one that its own next word lifted', () => {
    const { clock, view, reporter } = open();
    view.adopt(streak(0, { revision: 8 }));
    reporter.committed(undefined);
    expect(clock.pending).toBe(0);
  });
});

it('a process that has not opened the hearing does not see to its end', () => {
  const { clock, told, adopt, reporter } = setUp();
  adopt(hearing(100));
  reporter.committed(undefined);
  clock.advance(1_000);
  expect(told).toEqual([]);
});

describe('a new epoch', () => {
  it('voids what was gathered in the old one, and leaves no timer', () => {
    const { clock, told, reporter, gather, adopt } = setUp({}, 0.5);
    adopt(hearing(100));
    reporter.committed(NOW + 100);
    gather('failure', 'success');
    expect(clock.pending).toBe(3);
    adopt(closedRecord({ epoch: 5 }));
    expect(clock.pending).toBe(0);
    reporter.flush();
    expect(told).toEqual([]);
    expect(reporter.take()).toBeUndefined();
  });
});

describe('other options', () => {
  it('keep what was gathered where the policy is of the same kind', () => {
    const { told, reporter, gather, configure } = setUp();
    gather('failure');
    configure({ trip: consecutiveFailures(9) as TripPolicy });
    reporter.flush();
    expect(told).toMatchObject([{ tallies: [failures(1)] }]);
  });

  it('drop what was gathered for a policy of another kind, and gather for the new one', () => {
    const { clock, told, reporter, gather, configure } = setUp();
    gather('failure');
    configure({ trip: WINDOW });
    expect(clock.pending).toBe(0);
    clock.advance(60);
    gather('failure');
    clock.advance(40);
    reporter.flush();
    expect(told).toEqual([{ at: 100, tallies: [{ ...failures(1), ageMs: 40 }] }]);
  });
});

it('own trips are not told where outcomes are', () => {
  const { told, reporter, clock } = setUp();
  reporter.ownCircuitOpened();
  expect([told, clock.pending]).toEqual([[], 0]);
});

/** Counts failures, and is mergeable. */
function policyOfUser(): TripPolicy {
  return {
    key: 'of-user',
    mergeable: true,
    initial: () => 0,
    record: (memory, { failures: count }) => (memory as number) + count,
    trips: () => false,
    failures: (memory) => memory as number,
  };
}

function fault(): never {
  throw new Error('boom');
}
