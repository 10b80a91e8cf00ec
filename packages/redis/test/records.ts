import type { CircuitRecord, RecordChange } from '@breaker/core';

/** A record with fields that only the test knows. */
export function recordOf(fields: object): CircuitRecord {
  return fields as CircuitRecord;
}

/** Counts what was applied. */
export const increment: RecordChange = (record) => recordOf({ count: countOf(record) + 1 });

export function countOf(record: unknown): number {
  return record === undefined ? 0 : (record as { readonly count: number }).count;
}
