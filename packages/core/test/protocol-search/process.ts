import type { Circuit } from '../../src/circuit/circuit.js';
import type { Ruling } from '../../src/circuit/event.js';
import type { EpochId, FleetRecord } from '../../src/fleet/record.js';
import type { Part } from './part.js';

/** A process of the fleet: what it knows, what it has to say, and what it waits for. */
export interface Process {
  readonly name: string;
  readonly isAlive: boolean;
  readonly view: Sight;
  /** Calls in flight that a closed circuit let pass. */
  readonly calls: readonly Call[];
  /** Outcomes that were not reported yet. */
  readonly gathered: readonly Outcome[];
  readonly isReportDue: boolean;
  /** The hearing that this process has opened, and when it takes it to be over. */
  readonly opened: { readonly endsAt: number; readonly dueAt: number } | undefined;
  /** Whether a call of its own succeeded, in time, since it adopted a record of the streak at hand. Only the search looks at it. */
  readonly isWitness: boolean;
  /** Until when its vote counts, where that waits to be sent. */
  readonly voteUntilAt: number | undefined;
  readonly isVoteSent: boolean;
  readonly isAsking: boolean;
  readonly trial: Trial | undefined;
  readonly settlements: readonly Settlement[];
  readonly rulings: readonly Ruling['type'][];
  readonly lesson: FleetRecord | undefined;
  readonly wantsRead: boolean;
  readonly operation: Operation | undefined;
  readonly outage: Alone | undefined;
  /** So many commits has it made, and outcomes seen: each has a name of its own. */
  readonly commits: number;
  readonly outcomes: number;
}

/** What a process knows of the fleet's circuit. */
export interface Sight {
  readonly record: FleetRecord | undefined;
  readonly circuit: Circuit | undefined;
  readonly isKnown: boolean;
  readonly highestEpoch: number;
  readonly aheadMs: number;
}

export interface Call {
  /** Whether no new epoch has begun, as far as its process knows, since it was admitted. */
  readonly isOfThisEpoch: boolean;
  /** The epoch in which it was admitted. */
  readonly epoch: EpochId;
}

export interface Outcome {
  /** Whose it is, which one, and of what epoch. */
  readonly name: string;
  readonly verdict: 'success' | 'failure';
  readonly at: number;
  /** How many failures in a row of the fleet its process knew of. Only the search looks at it. */
  readonly knownStreak: number;
}

/** A lease as its holder knows it. */
interface Trial {
  readonly leaseId: string;
  readonly deadlineAt: number;
  /** What the record says. */
  readonly expiresAt: number;
  readonly era: string | undefined;
}

interface Settlement {
  readonly leaseId: string;
  readonly expiresAt: number;
  readonly verdict: 'success' | 'failure' | 'ignore';
  readonly isSent: boolean;
}

/** An operation in two half steps: first it takes place, then its answer arrives. */
export interface Operation {
  /** `undefined`: a read. */
  readonly commit: Commit | undefined;
  /** Whether the view has changed since it was sent. */
  readonly hasMoved: boolean;
  readonly answer: Answer | undefined;
  /** What a storage without compare-and-swap has read, and will write over. */
  readonly base?: Stored | undefined;
}

interface Stored {
  readonly record: FleetRecord | undefined;
}

export interface Answer extends Stored {
  readonly now: number;
  readonly openedHearing: number | undefined;
}

/** What a process sends in one write, as plain data. */
export interface Commit {
  readonly name: string;
  /** Which of the processes sends it. */
  readonly who: number;
  readonly parts: readonly Part[];
  readonly highestEpoch: number;
  /** The highest epoch that its sender had seen. Only the search looks at it. */
  readonly seenEpoch: number;
  /** When its sender took it for sent. */
  readonly askedAt: number;
  /** Whether it teaches a storage that has forgotten. */
  readonly hasLesson: boolean;
}

/** A ruling by hand, and the epoch that it began. */
export interface Ruled {
  readonly by: Ruling['type'];
  readonly epoch: EpochId;
}

/** What a storage answered when it was tried again, and the ruling that was committed with the question. */
interface Comeback extends Stored {
  readonly now: number;
  readonly ruled: Ruled | undefined;
}

/** A process that has lost the storage, and goes on with one of its own. */
export interface Alone {
  readonly left: FleetRecord | undefined;
  readonly record: FleetRecord | undefined;
  readonly ruled: Ruled | undefined;
  /** What the storage said when it was tried again. */
  readonly comeback: Comeback | undefined;
}

/** What a process has in hand that has nothing in hand: one that has just begun, or is gone. */
export const NOTHING_IN_HAND = {
  calls: [],
  gathered: [],
  isReportDue: false,
  opened: undefined,
  isWitness: false,
  voteUntilAt: undefined,
  isVoteSent: false,
  isAsking: false,
  trial: undefined,
  settlements: [],
  rulings: [],
  lesson: undefined,
  wantsRead: false,
  operation: undefined,
  outage: undefined,
} satisfies Partial<Process>;
