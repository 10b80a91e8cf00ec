import { describe, expect, it } from 'vitest';
import { closedRecord, NOW, openRecord, RECORDS, TERMS } from '../../../test/fleet-records.js';
import { FAILURE, NOTHING, SUCCESS } from '../../../test/tallies.js';
import { failureRate } from '../../policy/failure-rate.js';
import type { Tally, TripPolicy } from '../../policy/trip-policy.js';
import { type ClosedRecord, type FleetRecord, missingRecord } from '../record.js';
import { VotesPolicy } from '../votes.js';
import type { Terms } from './change.js';
import { type Evidence, report } from './report.js';

const EPOCH = { epoch: 4, era: 'era-4' };

function tell(record: FleetRecord, evidence: Evidence, terms: Partial<Terms> = {}, now = NOW): FleetRecord {
  return report(evidence, EPOCH, 'era-new')(record, now, { ...TERMS, ...terms });
}

const failures = (count: number): Evidence => ({ tallies: [{ ...NOTHING, failures: count, streak: count }] });
const successes = (count: number, streak = 0): Evidence => ({
  tallies: [{ ...NOTHING, successes: count, failures: streak, streak }],
});
const nothing: Evidence = { tallies: [] };

const OPENED = openRecord({ epoch: 5, era: 'era-new', changedAt: NOW, openUntilAt: NOW + 10_000 });

describe('a report of outcomes', () => {
  it('is remembered as the policy says', () => {
    const record = closedRecord({ memory: 1 });
    expect(tell(record, failures(1))).toEqual({ ...record, memory: 2, changedAt: NOW });
    expect(tell(record, successes(4, 2))).toEqual({ ...record, memory: 2, changedAt: NOW });
  });

  it('that leaves all as it was changes nothing: of many witnesses the first one writes', () => {
    for (const record of [closedRecord({ memory: 0 }), closedRecord({ memory: 2 })])
      expect(tell(record, successes(4, record.memory as number))).toBe(record);
  });

  it.each([0, 2])('that confirms what was written long ago renews it, lest it expire: %d', (memory) => {
    const record = closedRecord({ memory, changedAt: NOW - 30_000 });
    expect(tell(record, successes(4, memory))).toEqual({ ...record, changedAt: NOW });
  });

  it('may have tallies of several ages', () => {
    const tallies: Tally[] = [SUCCESS, FAILURE, FAILURE];
    expect(tell(closedRecord({ memory: 2 }), { tallies })).toMatchObject({ state: 'closed', memory: 2 });
  });

  describe('of successes that its process saw before it knew of the failures in a row', () => {
    const seen = (knownStreak: number): Evidence => ({ ...successes(4, 1), knownStreak });

    it.each([
      ['began', closedRecord({ memory: 1 }), 0],
      ['were interrupted', closedRecord({ memory: 1 }), 2],
    ])('counts what has failed since: they %s', (_, record, knownStreak) => {
      expect(tell(record, seen(knownStreak))).toEqual({ ...record, memory: 2, changedAt: NOW });
    });

    it('changes nothing while they are heard', () => {
      const record = closedRecord({ memory: 3, hearingEndsAt: NOW + 1 });
      expect(tell(record, seen(0))).toBe(record);
    });

    it('is heard where it knew of some of them', () => {
      const { hearingEndsAt, ...rest } = closedRecord({ memory: 3, hearingEndsAt: NOW + 1 });
      expect(tell({ ...rest, hearingEndsAt: NOW + 1 }, seen(2))).toEqual({ ...rest, memory: 1, changedAt: NOW });
    });
  });

  it('of nothing changes nothing', () => {
    const record = closedRecord({ memory: 1 });
    expect(tell(record, nothing)).toBe(record);
  });

  it('of another epoch, or of another era of it, changes nothing', () => {
    for (const record of [closedRecord({ epoch: 5 }), closedRecord({ era: 'other' })])
      expect(tell(record, failures(9))).toBe(record);
  });

  it('of the beginning goes to a record that is missing', () => {
    const record = missingRecord(TERMS.rules.policy);
    expect(report(failures(2), { epoch: 0 }, 'era-new')(record, NOW, TERMS)).toEqual({
      ...record,
      memory: 2,
      changedAt: NOW,
    });
  });

  it('changes nothing where the circuit is not closed', () => {
    for (const record of RECORDS.filter(({ state }) => state !== 'closed'))
      expect(tell(record, failures(9))).toBe(record);
  });

  it('starts from nothing where the fleet remembers by another policy', () => {
    const record = closedRecord({ policyKey: 'other', memory: { strange: true } });
    expect(tell(record, failures(1))).toMatchObject({ policyKey: 'consecutive-failures', memory: 1 });
  });
});

it.each(['2', null, undefined, { failures: 2 }])('takes a memory that cannot be one (%o) for none', (memory) => {
  expect(tell(closedRecord({ memory }), failures(1))).toMatchObject({ state: 'closed', memory: 1 });
});

describe('a report that meets the policy', () => {
  it('opens a hearing instead of the circuit', () => {
    const record = closedRecord({ memory: 2 });
    expect(tell(record, failures(1))).toEqual({ ...record, memory: 3, changedAt: NOW, hearingEndsAt: NOW + 150 });
  });

  it('opens the circuit at once where no hearing is held', () => {
    expect(tell(closedRecord({ memory: 2 }), failures(1), { hearingMs: 0 })).toEqual(OPENED);
  });

  it.each([
    ['at the end of its hearing', 0],
    ['up to ten times its length later', 1_500],
  ])('opens the circuit %s', (_, lateMs) => {
    expect(tell(closedRecord({ memory: 3, hearingEndsAt: NOW - lateMs }), nothing)).toEqual(OPENED);
  });

  it('opens another hearing where the last one was ended by nobody', () => {
    const record = closedRecord({ memory: 3, hearingEndsAt: NOW - 1_501 });
    expect(tell(record, nothing)).toEqual({ ...record, changedAt: NOW, hearingEndsAt: NOW + 150 });
  });
});

describe('while a hearing is on', () => {
  const onTrial = (fields: Partial<ClosedRecord> = {}) =>
    closedRecord({ memory: 3, hearingEndsAt: NOW + 1, ...fields });

  it('more failures change nothing', () => {
    const record = onTrial();
    expect(tell(record, failures(9))).toBe(record);
    expect(tell(record, nothing)).toBe(record);
  });

  it('failures that the policy needs are remembered, and the hearing goes on', () => {
    const record = onTrial({ memory: 1 });
    expect(tell(record, failures(2))).toEqual({ ...record, memory: 3, changedAt: NOW });
  });

  it('a success lifts it, with what has failed since', () => {
    const { hearingEndsAt, ...rest } = onTrial();
    expect(tell(onTrial(), successes(1, 2))).toEqual({ ...rest, memory: 2, changedAt: NOW });
  });

  it('a success that is outweighed does not lift it', () => {
    const record = onTrial();
    expect(tell(record, successes(1, 3))).toBe(record);
  });

  it('failures alone do not lift it, for a policy that is less strict either', () => {
    const record = onTrial({ memory: 1 });
    expect(tell(record, failures(1))).toEqual({ ...record, memory: 2, changedAt: NOW });
  });

  describe('by another policy than its own, which may have been met', () => {
    const record = onTrial({ policyKey: 'other', memory: { strange: true } });

    it('failures change nothing', () => {
      expect(tell(record, failures(9))).toBe(record);
      expect(tell(record, nothing)).toBe(record);
    });

    it('a success lifts it', () => {
      const { hearingEndsAt, ...rest } = record;
      const lifted = { ...rest, policyKey: 'consecutive-failures', memory: 0, changedAt: NOW };
      expect(tell(record, successes(1))).toEqual(lifted);
    });
  });

  it('is over where the clock stepped back', () => {
    const changedAt = NOW + 1_001;
    expect(tell(onTrial({ changedAt, hearingEndsAt: NOW + 1_100 }), nothing)).toEqual(OPENED);
  });
});

it('after a hearing, a policy that is not met any more lifts it', () => {
  const policy = failureRate({ threshold: 0.5, windowMs: 1_000, minimumCalls: 2 }) as TripPolicy;
  const terms = { rules: { ...TERMS.rules, policy } };
  const before = closedRecord({ policyKey: policy.key, memory: policy.initial() });
  const heard = tell(before, failures(2), terms) as ClosedRecord;
  expect(heard.hearingEndsAt).toBe(NOW + 150);
  expect(tell(heard, nothing, terms, NOW + 1_500)).not.toHaveProperty('hearingEndsAt');
});

it('leaves the memory of the record alone where a policy changes its own in place', () => {
  const policy = failureRate({ threshold: 0.5, windowMs: 1_000 }) as TripPolicy;
  const record = closedRecord({
    policyKey: policy.key,
    memory: policy.record(policy.initial(), FAILURE, NOW - 100),
  });
  const before = structuredClone(record);
  const after = tell(record, failures(1), { rules: { ...TERMS.rules, policy } });
  expect(record).toEqual(before);
  expect(policy.failures?.((after as ClosedRecord).memory, NOW)).toBe(2);
});

describe('a vote', () => {
  const policy = new VotesPolicy(2) as TripPolicy;
  const terms = { rules: { ...TERMS.rules, policy }, hearingMs: 0 };
  const votes = (...voters: readonly string[]) => voters.map((voter) => ({ voter, untilAt: NOW + 5 }));
  const evidence: Evidence = { tallies: [], vote: (now) => ({ voter: 'me', untilAt: now + 5 }) };
  const polled = (...voters: readonly string[]) => closedRecord({ policyKey: 'votes', memory: votes(...voters) });

  it('is remembered, at the storage time', () => {
    expect(tell(polled(), evidence, terms)).toEqual({ ...polled('me'), changedAt: NOW });
  });

  it('opens the circuit at once with a quorum of them', () => {
    expect(tell(polled('other'), evidence, terms)).toEqual(OPENED);
  });

  it('counts once', () => {
    const record = polled('me');
    expect(tell(record, evidence, terms)).toBe(record);
  });
});
