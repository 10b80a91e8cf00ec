import type { Circuit } from '../circuit/circuit.js';
import { type ClosedCircuit, closedCircuit } from '../circuit/closed.js';
import type { TripPolicy } from '../policy/trip-policy.js';

/** Records of a higher one are not read: a newer version of this package wrote them. */
export const SCHEMA = 1;

/** What a storage keeps: the fleet's circuit, in the storage's time, and its bookkeeping. Plain JSON. */
export type FleetRecord = Circuit & Bookkeeping;

export type ClosedRecord = ClosedCircuit & Bookkeeping;

interface Bookkeeping {
  readonly schema: number;
  /**
   * The id of the epoch, so that no two lineages share one: a random one, and the reason for which it was begun (`eras.ts`). Absent in
   * the first, which nobody has changed yet.
   */
  readonly era?: string;
  /** Grows by one at every write. */
  readonly revision: number;
  /** When it was written last, but for what is taught anew. */
  readonly changedAt: number;
  /** Until when it must be kept; absent: for ever. */
  readonly keepUntilAt?: number;
  /**
   * For a while after a state that was ruled by hand: until when it must be kept on that account. A process that was away would find
   * nothing stored, and teach the ruling that it still knows to everybody.
   */
  readonly ruledUntilAt?: number;
  /** While a hearing is on, or has been: when it ends. Of a closed circuit only. */
  readonly hearingEndsAt?: number;
}

/** An epoch: the number gives the order, both together the identity. */
export interface EpochId {
  readonly epoch: number;
  readonly era?: string | undefined;
}

/** What a missing record stands for: a closed circuit with nothing remembered. */
export function missingRecord(policy: TripPolicy): ClosedRecord {
  return { ...closedCircuit(0, policy), schema: SCHEMA, revision: 0, changedAt: Number.NEGATIVE_INFINITY };
}

export function isSameEpoch(one: EpochId, other: EpochId): boolean {
  return one.epoch === other.epoch && one.era === other.era;
}

/** Whether one was written after the other, as far as the numbers say. */
export function isNewer(one: FleetRecord, other: FleetRecord): boolean {
  return one.epoch === other.epoch ? one.revision > other.revision : one.epoch > other.epoch;
}

/** Whether it still must be kept. */
export function isKept({ keepUntilAt }: FleetRecord, now: number): boolean {
  return keepUntilAt === undefined || now <= keepUntilAt;
}

const CLOCK_STEP_MS = 1_000;

/** Whether the storage's clock has gone back since it was written. */
export function hasClockStepped({ changedAt }: FleetRecord, now: number): boolean {
  return now < changedAt - CLOCK_STEP_MS;
}

/**
 * The record as the rules shall see it: where the storage's clock has gone back by more than a second since it was written, what
 * is open is due, and leases and hearings are over. Else nothing would happen until the clock has caught up. (What a policy with a
 * window remembers is of no use then either: a report sees to that.)
 */
export function withoutClockStep(record: FleetRecord, now: number): FleetRecord {
  if (!hasClockStepped(record, now)) return record;
  switch (record.state) {
    case 'open':
      return { ...record, openUntilAt: now };
    case 'half-open':
      return { ...record, leases: [] };
    default:
      return record.hearingEndsAt === undefined ? record : { ...record, hearingEndsAt: now };
  }
}
