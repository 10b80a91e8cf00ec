import type { Circuit } from '../../circuit/circuit.js';
import type { CircuitEvent } from '../../circuit/event.js';
import type { Rules } from '../../circuit/rules.js';
import { transition } from '../../circuit/transition.js';
import { type FleetRecord, SCHEMA } from '../record.js';

/**
 * What becomes of the fleet's record at the storage's time. Pure: chance is drawn before, and handed in as data. "Nothing to do"
 * gives back the very same object, and then nothing is written.
 */
export type Change = (record: FleetRecord, now: number, terms: Terms) => FleetRecord;

/** What a process brings along to a change. */
export interface Terms {
  readonly rules: Rules;
  /** How long a hearing lasts, in milliseconds; 0: there is none. */
  readonly hearingMs: number;
  /** The highest epoch that this process has seen: a new one is above it, also where the storage has forgotten. */
  readonly highestEpoch: number;
}

/** Applies changes with a process's terms: again with others, where a function of the user's threw. */
export type WithTerms = <T>(apply: (terms: Terms) => T) => T;

/** Applies the rules of the circuit to the record; where they begin an epoch, it has this era. */
export function applyEvent(
  record: FleetRecord,
  event: CircuitEvent,
  now: number,
  terms: Terms,
  era: string,
): FleetRecord {
  const after = transition(record, event, now, terms.rules);
  if (after === record) return record;
  return after.epoch === record.epoch
    ? { ...(after as FleetRecord), changedAt: now }
    : beginEpoch(record, after, now, terms, era);
}

/** So long a process may be away, and still know a ruling by hand that has been lifted since: a week. */
const RULED_MS = 7 * 24 * 60 * 60 * 1_000;

function beginEpoch(before: FleetRecord, after: Circuit, now: number, terms: Terms, era: string): FleetRecord {
  const epoch = Math.max(before.epoch, terms.highestEpoch) + 1;
  const isRuled = before.state === 'isolated' || before.state === 'disabled';
  const ruledUntilAt = isRuled ? now + RULED_MS : before.ruledUntilAt;
  const record = { ...after, epoch, era, schema: SCHEMA, revision: before.revision, changedAt: now };
  return ruledUntilAt === undefined ? record : { ...record, ruledUntilAt };
}
