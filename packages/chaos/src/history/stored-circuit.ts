/** The record of a fleet's circuit, as an onlooker reads it in the storage. */
export type StoredCircuit = StoredClosed | StoredOpen | StoredHalfOpen | StoredRuled;

interface Bookkeeping {
  readonly epoch: number;
  readonly era?: string;
  readonly revision: number;
  readonly trips: number;
  readonly changedAt: number;
  readonly keepUntilAt?: number;
}

interface StoredClosed extends Bookkeeping {
  readonly state: 'closed';
  readonly policyKey: string;
  readonly memory: unknown;
  readonly hearingEndsAt?: number;
}

interface StoredOpen extends Bookkeeping {
  readonly state: 'open';
  readonly openUntilAt: number;
}

interface StoredHalfOpen extends Bookkeeping {
  readonly state: 'half-open';
  readonly limit: number;
  readonly need: number;
  readonly successes: number;
  readonly leases: readonly StoredLease[];
}

export interface StoredLease {
  readonly id: string;
  readonly expiresAt: number;
}

interface StoredRuled extends Bookkeeping {
  readonly state: 'isolated' | 'disabled';
}

/** The record, where it is one. */
export function asStoredCircuit(value: unknown): StoredCircuit | undefined {
  const record = value as { readonly schema?: unknown; readonly epoch?: unknown } | null | undefined;
  return record?.schema === 1 && typeof record.epoch === 'number' ? (value as StoredCircuit) : undefined;
}

/** The identity of an epoch: its number and its era. What is missing is the beginning. */
export function epochOf(record: Pick<StoredCircuit, 'epoch' | 'era'> | undefined): string {
  return record === undefined ? '0 ' : `${record.epoch} ${record.era ?? ''}`;
}

/** Where the storage's clock has gone back by more than a second since the last write, what is open is due, and leases are over. */
export function isClockBack({ changedAt }: StoredCircuit, now: number): boolean {
  return now < changedAt - 1_000;
}

export function leasesOf(record: StoredCircuit | undefined): readonly StoredLease[] {
  return record?.state === 'half-open' ? record.leases : [];
}

/** How many failures in a row a closed circuit remembers; `undefined` where it is none, or remembers otherwise. */
export function streakOf(record: StoredCircuit | undefined): number | undefined {
  return record?.state === 'closed' && record.policyKey === 'consecutive-failures' ? Number(record.memory) : undefined;
}
