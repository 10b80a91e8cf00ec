import type { Proposer } from './proposal.js';
import type { FleetRecord } from './record.js';

/** Tells the fleet what this process sees, when it matters. What one has no use for, it has no method for. */
export interface Reporter extends Proposer {
  /** Takes in how a call ended that was admitted in this epoch. `now` is 0 where the policy has no window. */
  outcome?(verdict: 'success' | 'failure', isSlow: boolean, now: number): void;
  /** This process's own circuit has opened, for so long. */
  ownCircuitOpened?(openMs: number): void;
  /** What was gathered in an epoch that is over counts for nothing. */
  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void;
  /** Reports at once what waits. */
  flush?(): void;
  /** The options have changed. */
  reconfigure?(): void;
  /** Forgets everything, and lets go of its timers. */
  stop(): void;
}
