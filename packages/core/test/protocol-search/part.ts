import type { Ruling } from '../../src/circuit/event.js';
import type { Change } from '../../src/fleet/change/change.js';
import type { EpochId, FleetRecord } from '../../src/fleet/record.js';
import type { SharedSettings } from '../../src/settings.js';
import type { Outcome } from './process.js';
import type { Protocol } from './protocol.js';
import { tracedTallies } from './traced-policy.js';

/** One change of a commit, as plain data. */
export type Part = Teach | Settle | Report | Acquire | Force;

interface Teach {
  readonly kind: 'teach';
  readonly lesson: FleetRecord;
}

interface Settle {
  readonly kind: 'settle';
  readonly leaseId: string;
  readonly expiresAt: number;
  readonly verdict: 'success' | 'failure' | 'ignore';
}

export interface Report {
  readonly kind: 'report';
  readonly epoch: EpochId;
  readonly outcomes: readonly Outcome[];
  readonly sentAt: number;
  readonly knownStreak: number;
  readonly vote: { readonly voter: string; readonly leftMs: number } | undefined;
}

interface Acquire {
  readonly kind: 'acquire';
  readonly leaseId: string;
}

interface Force {
  readonly kind: 'force';
  readonly ruling: Ruling['type'];
}

/** The real change. */
export function changeOf(part: Part, commitName: string, settings: SharedSettings, protocol: Protocol): Change {
  const era = protocol.draw(`${commitName}.${part.kind}`);
  switch (part.kind) {
    case 'teach':
      return protocol.teach(part.lesson);
    case 'settle':
      return protocol.settle(part.leaseId, part.verdict, era);
    case 'report':
      return protocol.report(evidenceOf(part, settings), part.epoch, era);
    case 'acquire':
      return protocol.acquire(part.leaseId, settings.trialTimeoutMs, era);
    case 'force':
      return protocol.force({ type: part.ruling }, era);
  }
}

function evidenceOf({ outcomes, sentAt, knownStreak, vote }: Report, settings: SharedSettings) {
  if (vote === undefined) {
    const tallies = tracedTallies(outcomes, sentAt, settings.policy);
    return settings.policy.windowMs === undefined ? { tallies, knownStreak } : { tallies };
  }
  return { tallies: [], vote: (now: number) => ({ voter: vote.voter, untilAt: now + vote.leftMs }) };
}
