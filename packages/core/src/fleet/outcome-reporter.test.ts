import { describe, expect, it } from 'vitest';
import { closedRecord, NOW } from '../../test/fleet-records.js';
import { failures, fault, hearing, policyOfUser, setUpReporter, streak, WINDOW } from '../../test/outcome-reporter.js';
import { NOTHING, SUCCESS } from '../../test/tallies.js';
import { consecutiveFailures } from '../index.js';
import type { TripPolicy } from '../policy/trip-policy.js';

describe('failures', () => {
  it('are gathered for the flush interval, and told once, together', () => {
    const { clock, told, gather } = setUpReporter();
    gather('failure');
    clock.advance(49);
    gather('failure');
    expect(told).toEqual([]);
    clock.advance(1_000);
    expect(told).toEqual([{ at: 50, tallies: [failures(2)] }]);
    expect(clock.pending).toBe(0);
  });

  it('are gathered for up to a fifth longer by chance', () => {
    const { clock, told, gather } = setUpReporter({}, 0.5);
    gather('failure');
    clock.advance(100);
    expect(told).toMatchObject([{ at: 55 }]);
  });

  it('are told with the successes that came with them', () => {
    const { clock, told, gather } = setUpReporter();
    gather('failure', 'success', 'failure');
    clock.advance(50);
    expect(told).toMatchObject([{ tallies: [{ successes: 1, failures: 2, streak: 1 }] }]);
  });

  it('that a success has cancelled meanwhile are not told', () => {
    const { clock, told, gather } = setUpReporter();
    gather('failure', 'failure', 'success');
    expect(clock.pending).toBe(0);
    clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('that a success has cancelled are told where the policy has a window', () => {
    const { clock, told, gather } = setUpReporter({ trip: WINDOW });
    gather('failure', 'success');
    clock.advance(50);
    expect(told).toEqual([{ at: 50, tallies: [{ ...NOTHING, successes: 1, failures: 1, ageMs: 50 }] }]);
  });

  it('are told where a policy throws: the commit tells of the fault', () => {
    const trip: TripPolicy = { ...policyOfUser(), record: () => fault() };
    const { clock, told, gather } = setUpReporter({ trip });
    gather('failure', 'success');
    clock.advance(50);
    expect(told).toHaveLength(1);
  });

  it('are told at once where a flush is asked for, and not again', () => {
    const { clock, told, reporter, gather } = setUpReporter();
    gather('failure');
    reporter.flush();
    expect(told).toMatchObject([{ at: 0, tallies: [failures(1)] }]);
    clock.advance(1_000);
    expect(told).toHaveLength(1);
  });

  it('have to be gathered anew after a report', () => {
    const { clock, told, gather } = setUpReporter();
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
    const { clock, told, reporter, gather } = setUpReporter();
    gather('success', 'success');
    expect(clock.pending).toBe(0);
    reporter.flush();
    expect(told).toEqual([]);
  });

  it('that were slow are told like failures', () => {
    const { clock, told, gather } = setUpReporter({ trip: WINDOW });
    gather('slow');
    clock.advance(50);
    expect(told).toEqual([{ at: 50, tallies: [{ ...SUCCESS, slow: 1, ageMs: 50 }] }]);
  });
});

describe('a report', () => {
  it('says how many failures in a row its process knew of', () => {
    const { known, reporter, gather, adopt } = setUpReporter();
    gather('failure');
    reporter.flush();
    adopt(streak(2));
    gather('failure');
    reporter.flush();
    expect(known).toEqual([0, 2]);
  });

  it('says nothing of it where the policy has a window', () => {
    const { known, reporter, gather } = setUpReporter({ trip: WINDOW });
    gather('failure');
    reporter.flush();
    expect(known).toEqual([undefined]);
  });
});

describe('a new epoch', () => {
  it('voids what was gathered in the old one, and leaves no timer', () => {
    const { clock, told, reporter, gather, adopt } = setUpReporter({}, 0.5);
    adopt(hearing(100));
    reporter.hearing.reported(NOW + 100);
    gather('success', 'failure');
    expect(clock.pending).toBe(3);
    adopt(closedRecord({ epoch: 5 }));
    expect(clock.pending).toBe(0);
    reporter.flush();
    expect(told).toEqual([]);
    expect(reporter.evidence()).toBeUndefined();
  });
});

describe('other options', () => {
  it('keep what was gathered where the policy is of the same kind', () => {
    const { told, reporter, gather, configure } = setUpReporter();
    gather('failure');
    configure({ trip: consecutiveFailures(9) as TripPolicy });
    reporter.flush();
    expect(told).toMatchObject([{ tallies: [failures(1)] }]);
  });

  it('drop what was gathered for a policy of another kind, and gather for the new one', () => {
    const { clock, told, reporter, gather, configure } = setUpReporter();
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
