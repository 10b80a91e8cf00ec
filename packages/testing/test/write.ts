import type { CircuitRecord } from '@breaker/core';

/** A change that writes a record of that revision, whatever was there. */
export function write(revision: number): () => CircuitRecord {
  return () => ({ revision });
}
