import {
  type ClosedCircuit,
  closedCircuit,
  failuresIn,
  meetsPolicy,
  remember,
  withPolicy,
} from '../../circuit/closed.js';
import type { Tally, TripPolicy } from '../../policy/trip-policy.js';
import {
  type ClosedRecord,
  type EpochId,
  type FleetRecord,
  hasClockStepped,
  isSameEpoch,
  withoutClockStep,
} from '../record.js';
import { castVote, type Vote } from '../votes.js';
import { applyEvent, type Change, type Terms } from './change.js';

/** What a process has gathered for the fleet since its last report. */
export interface Evidence {
  readonly tallies: readonly Tally[];
  /** For failures in a row: how many the fleet remembered, as far as this process knew when it told. */
  readonly knownStreak?: number | undefined;
  /** Where trips are shared: a vote in place of tallies. */
  readonly vote?: ((now: number) => Vote) | undefined;
}

/** A hearing that has been over for so many times its length was ended by nobody: its opener has died. */
const ABANDONED_AFTER = 10;

/**
 * Takes in what a process saw in this epoch. What meets the policy does not trip the fleet at once: it opens a hearing, in which
 * others can say that calls succeed. The first report at or after its end that still meets the policy trips.
 */
export function report(told: Evidence, epoch: EpochId, era: string): Change {
  return (record, now, terms) => {
    if (record.state !== 'closed' || !isSameEpoch(record, epoch)) return record;
    const seen = withoutClockStep(record, now) as ClosedRecord;
    const { policy } = terms.rules;
    const evidence = thatStillCounts(told, seen, policy);
    if (saysNothingNew(seen, evidence, now, policy)) return record;
    const after = decide(seen, withEvidence(seen, evidence, now, policy), evidence, now, terms, era);
    return isFresh(record, now) && isAsBefore(record, after) ? record : after;
  };
}

/** A record that is confirmed again and again is written anew after so long: else it would expire. */
const RENEWED_AFTER_MS = 30_000;

function isFresh({ changedAt }: ClosedRecord, now: number): boolean {
  return now - changedAt < RENEWED_AFTER_MS;
}

/** Whether nobody need hear of a report: else every witness would write, of a hearing that another's word has lifted already. */
function isAsBefore(before: ClosedRecord, after: FleetRecord): boolean {
  return (
    after.state === 'closed' &&
    after.hearingEndsAt === before.hearingEndsAt &&
    after.policyKey === before.policyKey &&
    JSON.stringify(after.memory) === JSON.stringify(before.memory)
  );
}

/**
 * A row of failures that has begun since, or has shrunk, is not answered by successes of before this process heard of it. So a fleet
 * that fails together says so once: the others have nothing to add.
 */
function thatStillCounts(told: Evidence, record: ClosedRecord, policy: TripPolicy): Evidence {
  if (!hasStreakBegun(told.knownStreak, failuresIn(record, 0, policy))) return told;
  return { ...told, tallies: told.tallies.map(sinceLastSuccess) };
}

/** What is left of a tally without its successes, and the failures that they followed. */
export function sinceLastSuccess<T extends Omit<Tally, 'ageMs'>>(tally: T): T {
  return { ...tally, successes: 0, failures: tally.streak };
}

/** Whether failures in a row have begun, or have been interrupted and begun again; `undefined` where there are no rows. */
export function hasStreakBegun(was: number | undefined, is: number | undefined): boolean {
  return was !== undefined && is !== undefined && (is < was || (is > 0 && was === 0));
}

/**
 * Whether a hearing is on that further failures do not change: to hear nothing of them ends the contention of an outage. Nor do they
 * where the fleet remembers by another policy than this process's, as in a rolling deploy: only a success could speak against what
 * has met that one.
 */
export function needsNoFailures(record: ClosedRecord, now: number, policy: TripPolicy): boolean {
  const { hearingEndsAt, policyKey } = record;
  if (hearingEndsAt === undefined || !(now < hearingEndsAt)) return false;
  return policyKey !== policy.key || meetsPolicy(record, now, policy);
}

function saysNothingNew(record: ClosedRecord, { tallies, vote }: Evidence, now: number, policy: TripPolicy): boolean {
  if (vote !== undefined) return false;
  if (record.hearingEndsAt === undefined) return tallies.length === 0;
  return !haveSuccesses(tallies) && needsNoFailures(record, now, policy);
}

function haveSuccesses(tallies: readonly Tally[]): boolean {
  return tallies.some(({ successes }) => successes > 0);
}

function withEvidence(
  record: ClosedRecord,
  { tallies, vote }: Evidence,
  now: number,
  policy: TripPolicy,
): ClosedCircuit {
  const empty = closedCircuit(record.epoch, policy);
  // Where the clock has gone back, what a window holds would count far beyond it.
  const isOutOfTime = policy.windowMs !== undefined && hasClockStepped(record, now);
  const known = isOutOfTime ? empty : withPolicy(record, policy);
  // What cannot be a memory of the policy's is none.
  const memory = typeof known.memory === typeof empty.memory ? known.memory : empty.memory;
  // A copy, as a policy may change its memory in place, and this may be asked again.
  const circuit: ClosedCircuit = { ...empty, memory: structuredClone(memory) };
  if (vote !== undefined) return { ...circuit, memory: castVote(circuit.memory, vote(now), now) };
  return tallies.reduce((remembered, tally) => remember(remembered, tally, now, policy), circuit);
}

function decide(
  record: ClosedRecord,
  circuit: ClosedCircuit,
  { tallies }: Evidence,
  now: number,
  terms: Terms,
  era: string,
): FleetRecord {
  const { hearingEndsAt, ...rest } = record;
  const heard: ClosedRecord = { ...rest, ...circuit, changedAt: now };
  const { rules, hearingMs } = terms;
  const begins = hearingMs === 0 || hearingEndsAt === undefined || now - hearingEndsAt > ABANDONED_AFTER * hearingMs;
  const endsAt = begins ? now + hearingMs : hearingEndsAt;
  // Failures do not speak against what has met a stricter policy than this process's.
  const mayBeLifted = begins || now >= endsAt || haveSuccesses(tallies);
  if (mayBeLifted && !meetsPolicy(circuit, now, rules.policy)) return heard;
  if (now < endsAt) return { ...heard, hearingEndsAt: endsAt };
  return applyEvent(heard, { type: 'trip' }, now, terms, era);
}

/** When the hearing ends that a report has opened; `undefined` where it opened none. */
export function hearingOpened(before: FleetRecord, after: FleetRecord): number | undefined {
  return after.hearingEndsAt === before.hearingEndsAt ? undefined : after.hearingEndsAt;
}
