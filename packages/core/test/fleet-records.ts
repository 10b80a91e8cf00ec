import type { Terms } from '../src/fleet/change/change.js';
import type { ClosedRecord, FleetRecord } from '../src/fleet/record.js';
import { consecutiveFailures } from '../src/index.js';
import type { TripPolicy } from '../src/policy/trip-policy.js';

/** What the storage's clock says. */
export const NOW = 1_000_000;

const policy = consecutiveFailures(3) as TripPolicy;

/** Three failures in a row trip; open for 10 s times the trips; hearings of 150 ms. */
export const TERMS: Terms = {
  rules: { policy, maxTrials: 2, successThreshold: 2, openForMs: (trips) => trips * 10_000 },
  hearingMs: 150,
  highestEpoch: 4,
};

const base = { epoch: 4, era: 'era-4', schema: 1, revision: 7, changedAt: NOW - 500 } as const;

export function closedRecord(fields: Partial<ClosedRecord> = {}): ClosedRecord {
  return { ...base, state: 'closed', trips: 0, policyKey: policy.key, memory: 0, ...fields };
}

type Of<State extends FleetRecord['state']> = Extract<FleetRecord, { readonly state: State }>;

export function openRecord(fields: Partial<Of<'open'>> = {}): Of<'open'> {
  return { ...base, state: 'open', trips: 1, openUntilAt: NOW + 9_500, ...fields };
}

export function halfOpenRecord(fields: Partial<Of<'half-open'>> = {}): Of<'half-open'> {
  const leases = [{ id: 'mine', expiresAt: NOW + 100 }];
  return { ...base, state: 'half-open', trips: 1, limit: 2, need: 2, successes: 0, leases, ...fields };
}

export function ruledRecord(state: 'isolated' | 'disabled'): FleetRecord {
  return { ...base, state, trips: 0 };
}

/** One record of each state. */
export const RECORDS: readonly FleetRecord[] = [
  closedRecord(),
  openRecord(),
  halfOpenRecord(),
  ruledRecord('isolated'),
  ruledRecord('disabled'),
];
