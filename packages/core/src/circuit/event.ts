import type { Tally } from '../policy/trip-policy.js';
import type { Lease } from './lease.js';

/** What can happen to a circuit. The ids and deadlines that it takes are in it as data. */
export type CircuitEvent = CallEvent | OutcomeEvent | TripEvent | TrialEvent | RenewalEvent | Ruling;

/** A call asks to pass; where the circuit gives it a trial's place, it holds this lease. */
interface CallEvent {
  readonly type: 'call';
  readonly lease: Lease;
}

/** Calls that a closed circuit had admitted have ended. */
export interface OutcomeEvent {
  readonly type: 'outcome';
  readonly tally: Tally;
}

/** The circuit shall trip, where its policy says so of what it remembers. */
interface TripEvent {
  readonly type: 'trip';
}

/** A trial has ended. */
interface TrialEvent {
  readonly type: 'trial-succeeded' | 'trial-failed' | 'trial-ignored';
  readonly leaseId: string;
}

/** A trial that works in steps begins the next one: its deadline runs anew. */
interface RenewalEvent {
  readonly type: 'trial-renewed';
  readonly lease: Lease;
}

/** Somebody rules by hand. */
export interface Ruling {
  readonly type: 'open' | 'half-open' | 'isolate' | 'disable' | 'close';
}

/** What the end of a trial is to its circuit. */
export const TRIAL_EVENTS = { success: 'trial-succeeded', failure: 'trial-failed', ignore: 'trial-ignored' } as const;
