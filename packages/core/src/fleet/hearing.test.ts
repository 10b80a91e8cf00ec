import { describe, expect, it } from 'vitest';
import { closedRecord, NOW, openRecord, TERMS } from '../../test/fleet-records.js';
import { fault, hearing, policyOfUser, setUpReporter, streak, WINDOW } from '../../test/outcome-reporter.js';
import { FAILURE, SUCCESS } from '../../test/tallies.js';
import type { TripPolicy } from '../policy/trip-policy.js';

describe('a process that has seen successes', () => {
  it('says so as soon as a hearing is on', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(streak(2));
    gather('success');
    adopt(hearing(100));
    clock.advance(0);
    expect(told).toEqual([{ at: 0, tallies: [SUCCESS] }]);
  });

  it('says so where the success comes while the hearing is on', () => {
    const { clock, told, gather, adopt } = setUpReporter();
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
    const { clock, told, gather, adopt } = setUpReporter({}, 0.5);
    adopt(hearing(leftMs));
    gather('success');
    clock.advance(100);
    expect(told).toMatchObject([{ at }]);
  });

  it('says so once', () => {
    const { clock, told, gather, adopt } = setUpReporter({}, 0.5);
    adopt(hearing(100));
    gather('success', 'success');
    adopt(hearing(100, { revision: 8 }));
    clock.advance(100);
    expect(told).toEqual([{ at: 12.5, tallies: [{ ...SUCCESS, successes: 2 }] }]);
    expect(clock.pending).toBe(0);
  });

  it('says no more where it was told with failures that went out before', () => {
    const { clock, told, reporter, gather, adopt } = setUpReporter({}, 0.5);
    adopt(hearing(100, { memory: 1 }));
    gather('success', 'failure');
    reporter.flush();
    expect(clock.pending).toBe(0);
    clock.advance(100);
    expect(told).toEqual([{ at: 0, tallies: [{ ...FAILURE, successes: 1 }] }]);
  });

  it('may say so again when another success comes', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(100));
    gather('success');
    clock.advance(5);
    gather('success');
    clock.advance(5);
    expect(told).toHaveLength(2);
  });

  it('says nothing where the word of another has lifted the hearing meanwhile', () => {
    const { clock, told, gather, adopt } = setUpReporter({}, 0.5);
    adopt(hearing(100));
    gather('success');
    adopt(streak(1, { revision: 8 }));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing when the hearing is over', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(100));
    clock.advance(100);
    gather('success');
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing of what it saw before the row of failures began', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    gather('success');
    adopt(streak(1));
    adopt(hearing(100));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('says nothing of what it saw before the row of failures shrank', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(streak(3));
    gather('success');
    adopt(streak(2));
    adopt(hearing(100));
    clock.advance(100);
    expect(told).toEqual([]);
  });

  it('tells what it saw since, while the row only grew', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(streak(1));
    gather('success');
    adopt(streak(1, { revision: 8 }));
    adopt(streak(2));
    adopt(hearing(100));
    clock.advance(0);
    expect(told).toHaveLength(1);
  });

  it('tells all that is in the window where the policy has one', () => {
    const { clock, told, gather, adopt } = setUpReporter({ trip: WINDOW });
    gather('success');
    adopt(closedRecord({ policyKey: WINDOW.key, memory: WINDOW.record(WINDOW.initial(), FAILURE, NOW) }));
    adopt(closedRecord({ policyKey: WINDOW.key, memory: WINDOW.initial(), hearingEndsAt: NOW + 100 }));
    clock.advance(0);
    expect(told).toEqual([{ at: 0, tallies: [SUCCESS] }]);
  });

  it('takes a row for none where the policy cannot tell', () => {
    const trip: TripPolicy = { ...policyOfUser(), failures: () => fault() };
    const { clock, told, gather, adopt } = setUpReporter({ trip });
    gather('success');
    adopt(closedRecord({ policyKey: trip.key, memory: 1, hearingEndsAt: NOW + 100 }));
    clock.advance(0);
    expect(told).toHaveLength(1);
  });
});

describe('the process whose report has opened a hearing', () => {
  /** Its report was answered so much after the storage had opened the hearing. */
  function open(leftMs = 100) {
    const all = setUpReporter();
    all.adopt(hearing(leftMs));
    all.reporter.hearing.reported(NOW + leftMs);
    return all;
  }

  it('reports at its end, whatever there is', () => {
    const { clock, told } = open();
    clock.advance(99);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([{ at: 100, tallies: [] }]);
  });

  it('is known by what its report made of the record, when that was run last', () => {
    const { clock, told, adopt, gather, take } = setUpReporter();
    gather('failure');
    const [proposal] = take();
    proposal?.change(openRecord(), NOW, TERMS);
    expect(proposal?.change(streak(2), NOW, TERMS)).toMatchObject({ memory: 3, hearingEndsAt: NOW + 150 });
    adopt(hearing(150));
    proposal?.committed?.();
    clock.advance(150);
    expect(told).toMatchObject([{ at: 150 }]);
  });

  it('is none of those whose report another run made nothing of', () => {
    const { clock, adopt, gather, take } = setUpReporter();
    gather('failure');
    const [proposal] = take();
    proposal?.change(streak(2), NOW, TERMS);
    proposal?.change(hearing(150), NOW, TERMS);
    adopt(hearing(150));
    proposal?.committed?.();
    expect(clock.pending).toBe(0);
  });

  it('counts by the clock of the storage', () => {
    const { clock, told, view, adopt, reporter } = setUpReporter();
    view.setStorageTime(NOW + 30);
    adopt(hearing(100));
    reporter.hearing.reported(NOW + 100);
    clock.advance(70);
    expect(told).toMatchObject([{ at: 70 }]);
  });

  it('tries again where the storage did not find it over', () => {
    const { clock, told, reporter } = open();
    clock.advance(100);
    reporter.hearing.reported(undefined);
    clock.advance(1);
    expect(told).toMatchObject([{ at: 100 }, { at: 101 }]);
  });

  it('goes on with it when it reports again meanwhile', () => {
    const { clock, told, gather, reporter } = open();
    gather('failure');
    clock.advance(50);
    reporter.hearing.reported(undefined);
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
    reporter.hearing.reported(undefined);
    clock.advance(1_000);
    expect(told).toEqual([]);
  });

  it('does not see to one that was lifted before it heard that it had opened it', () => {
    const { clock, adopt, reporter } = setUpReporter();
    adopt(streak(0, { revision: 8 }));
    reporter.hearing.reported(NOW + 100);
    expect(clock.pending).toBe(0);
  });
});

it('a process that has not opened the hearing does not see to its end', () => {
  const { clock, told, adopt, reporter } = setUpReporter();
  adopt(hearing(100));
  reporter.hearing.reported(undefined);
  clock.advance(1_000);
  expect(told).toEqual([]);
});

describe('a process that sees failures while a hearing is on', () => {
  it('keeps them until the hearing is over, and tells them a flush later', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { memory: 9 }));
    gather('failure');
    clock.advance(169);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([{ at: 170, tallies: [FAILURE] }]);
    expect(clock.pending).toBe(0);
  });

  it('keeps them as well where another policy was met: failures are no answer to that', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { policyKey: 'other', memory: { strange: true } }));
    gather('failure');
    clock.advance(169);
    expect(told).toEqual([]);
    clock.advance(1);
    expect(told).toEqual([{ at: 170, tallies: [FAILURE] }]);
  });

  it('looks no more often than it must, though it flushes at once', () => {
    const { clock, told, gather, adopt } = setUpReporter({}, 0, 0);
    adopt(hearing(120, { memory: 9 }));
    gather('failure');
    clock.advance(119);
    expect([told, clock.pending]).toEqual([[], 1]);
    clock.advance(1);
    expect(told).toEqual([{ at: 120, tallies: [FAILURE] }]);
  });

  it('tells those that it kept a flush after the hearing was lifted, and the policy needs them again', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { memory: 9 }));
    gather('failure');
    clock.advance(60);
    adopt(streak(9, { revision: 8 }));
    clock.advance(50);
    expect(told).toEqual([{ at: 110, tallies: [FAILURE] }]);
  });

  it('keeps those that it keeps as long, whatever else changes', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { memory: 9 }));
    gather('failure');
    clock.advance(60);
    adopt(hearing(120, { memory: 10, revision: 8 }));
    clock.advance(110);
    expect(told).toMatchObject([{ at: 170 }]);
  });

  it('tells them at once where the policy needs them still', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { memory: 1 }));
    gather('failure');
    clock.advance(50);
    expect(told).toEqual([{ at: 50, tallies: [FAILURE] }]);
  });

  it('tells them where the policy throws: the commit tells of the fault', () => {
    const trip: TripPolicy = { ...policyOfUser(), trips: () => fault() };
    const { clock, told, gather, adopt } = setUpReporter({ trip });
    adopt(closedRecord({ policyKey: trip.key, memory: 9, hearingEndsAt: NOW + 120 }));
    gather('failure');
    clock.advance(50);
    expect(told).toHaveLength(1);
  });

  it('tells them with a success', () => {
    const { clock, told, gather, adopt } = setUpReporter();
    adopt(hearing(120, { memory: 9 }));
    gather('failure', 'success', 'failure');
    clock.advance(0);
    expect(told).toEqual([{ at: 0, tallies: [{ ...FAILURE, successes: 1, failures: 2 }] }]);
    clock.advance(1_000);
    expect(told).toHaveLength(1);
  });
});
