import type { TripPolicy } from '../../policy/trip-policy.js';
import type { CircuitRecord, RecordChange } from '../../storage/circuit-storage.js';
import { checkStorageTime, readRecord } from '../read-record.js';
import { type FleetRecord, missingRecord } from '../record.js';
import { lastVoteUntilAt } from '../votes.js';
import type { Change, Terms, WithTerms } from './change.js';

/** A record outlives what it is needed for by as long. */
const MARGIN_MS = 10_000;
const LEAST_MS = 60_000;

/** Several changes in one write. */
export function inOneWrite(changes: readonly Change[], withTerms: WithTerms): RecordChange {
  return (stored, now) => {
    checkStorageTime(now);
    const known = readRecord(stored);
    return withTerms((terms) => {
      const before = known ?? missingRecord(terms.rules.policy);
      const after = changes.reduce((record, change) => change(record, now, terms), before);
      return after === before ? undefined : stamped(before, after, now, terms);
    }) as CircuitRecord | undefined;
  };
}

function stamped(before: FleetRecord, after: FleetRecord, now: number, { rules }: Terms): FleetRecord {
  const { keepUntilAt: _, ...record } = after;
  const revision = Math.max(before.revision, after.revision) + 1;
  const neededUntilAt = lastInstantOf(after, now, rules.policy);
  if (neededUntilAt === undefined) return { ...record, revision };
  const keepUntilAt = Math.max(neededUntilAt, now + LEAST_MS, after.ruledUntilAt ?? 0) + MARGIN_MS;
  return { ...record, revision, keepUntilAt };
}

/** Until when the record means something; `undefined`: until somebody rules otherwise. */
function lastInstantOf(record: FleetRecord, now: number, policy: TripPolicy): number | undefined {
  switch (record.state) {
    case 'closed':
      return Math.max(now + (policy.windowMs ?? 0), lastVoteUntilAt(record));
    case 'open':
      return record.openUntilAt;
    case 'half-open':
      return Math.max(now, ...record.leases.map(({ expiresAt }) => expiresAt));
    default:
      return undefined;
  }
}
