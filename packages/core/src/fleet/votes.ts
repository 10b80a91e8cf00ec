import type { ClosedCircuit } from '../circuit/closed.js';
import type { TripPolicy } from '../policy/trip-policy.js';

const KEY = 'votes';

/** A process's word that its own circuit is open, and until when that word counts. */
export interface Vote {
  readonly voter: string;
  readonly untilAt: number;
}

/** Trips when so many processes have opened their own circuits: the policy of a fleet that shares trips. */
export class VotesPolicy implements TripPolicy<readonly Vote[]> {
  readonly key = KEY;

  constructor(readonly quorum: number) {}

  initial(): readonly Vote[] {
    return [];
  }

  /** Outcomes count for nothing here. */
  record(votes: readonly Vote[]): readonly Vote[] {
    return votes;
  }

  trips(votes: readonly Vote[]): boolean {
    return votes.length >= this.quorum;
  }
}

/** Takes in a vote in place of the voter's older one, and drops those that count no more. */
export function castVote(votes: unknown, vote: Vote, now: number): readonly Vote[] {
  const others = Array.isArray(votes) ? (votes as readonly Vote[]) : [];
  return [...others.filter((other) => other?.voter !== vote.voter && other?.untilAt > now), vote];
}

/** Until when a circuit that remembers votes means something. */
export function lastVoteUntilAt({ policyKey, memory }: ClosedCircuit): number {
  const votes = policyKey === KEY && Array.isArray(memory) ? (memory as readonly Vote[]) : [];
  return votes.reduce((last, vote) => Math.max(last, vote?.untilAt || 0), 0);
}
