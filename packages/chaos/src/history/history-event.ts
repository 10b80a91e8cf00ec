import type { CallCounts, StateChangeEvent } from '@breaker/core';
import type { Dependency } from '../member/dependency.js';
import type { BreakerSettings } from '../member/member-settings.js';
import type { Ruling } from '../member/order.js';

/** Something that happened: where, and when by the time of the machine. */
export type HistoryEvent = Happening & { readonly by: string; readonly at: number };

/** What a member or the harness writes down. */
export type Happening = MemberHappening | HarnessHappening;

/** The name under which the harness writes. */
export const HARNESS = 'harness';

type MemberHappening =
  | { readonly type: 'started'; readonly breaker: BreakerSettings }
  | { readonly type: 'met'; readonly dependency: Dependency }
  // What the breaker asks of its storage.
  | { readonly type: 'asked'; readonly update: number }
  | Ran
  | { readonly type: 'answered'; readonly update: number }
  | { readonly type: 'failed'; readonly update: number; readonly reason: string; readonly mayHaveBeenApplied: boolean }
  | { readonly type: 'read'; readonly record: unknown; readonly now: number }
  | { readonly type: 'read-failed'; readonly reason: string }
  | { readonly type: 'pushed'; readonly record: unknown }
  // What it tells.
  | Told
  | { readonly type: 'degraded'; readonly error: string }
  | { readonly type: 'recovered' }
  // What it is used for.
  | { readonly type: 'trial-began'; readonly call: number }
  | Called
  | { readonly type: 'ruling'; readonly ruling: Ruling }
  | { readonly type: 'ruled'; readonly ruling: Ruling; readonly error?: string }
  | { readonly type: 'counted'; readonly counts: CallCounts; readonly tally: CallTally }
  // What else happens to a process.
  | { readonly type: 'stalled'; readonly ms: number }
  | { readonly type: 'surprised'; readonly where: string; readonly error: string }
  // From `disposing` on it goes on alone.
  | { readonly type: 'disposing' | 'disposed' };

type HarnessHappening =
  | Fault
  | { readonly type: 'fault-ended'; readonly fault: number }
  | { readonly type: 'killed' | 'frozen' | 'thawed'; readonly member: string }
  | { readonly type: 'ended'; readonly member: string; readonly code: number | null; readonly byItself: boolean }
  | Observed
  | Gathered
  | { readonly type: 'calm-began' | 'calm-ended' };

/** A change was asked what shall be written, and said so; it may be asked again. */
export interface Ran {
  readonly type: 'ran';
  readonly update: number;
  readonly before?: unknown;
  /** Absent: nothing. */
  readonly after?: unknown;
  /** What the storage's clock said. */
  readonly now: number;
}

/** A state change, as a listener was told. */
export interface Told extends Pick<StateChangeEvent, 'from' | 'to' | 'scope' | 'origin' | 'reason' | 'epoch'> {
  readonly type: 'told';
}

/** How a call ended for its caller; `strange`: with something that is neither its own outcome nor a breaker's rejection. */
export type CallOutcome = 'success' | 'failure' | 'ignored' | 'rejected' | 'strange';

export type CallTally = Readonly<Record<CallOutcome, number>>;

/** A call has ended. */
export interface Called {
  readonly type: 'called';
  readonly call: number;
  readonly outcome: CallOutcome;
  readonly askedAt: number;
  /** When the guarded function began to run; absent: it never did. */
  readonly startedAt?: number;
  /** Whether it was made, or rejected, before the caller had its promise. */
  readonly wasAtOnce: boolean;
  /** Whether the circuit was closed when it was asked for. */
  readonly wasClosed: boolean;
  /** Whether it ran as a trial of the fleet's circuit, by a lease that the storage granted. */
  readonly isTrial: boolean;
  /** For how long the process has stood still in the meantime, as far as it knows. */
  readonly stalledMs: number;
  /** What it ended with, where that is strange. */
  readonly error?: string;
}

/** The harness breaks something. */
interface Fault {
  readonly type: 'fault';
  readonly fault: number;
  readonly kind: string;
  /** What or whom it meets. */
  readonly target: string;
  /** Whether writes may be lost by it, or everything. */
  readonly losesMemory: boolean;
}

/** A record was published, as somebody heard it who is connected to the server itself. */
interface Observed {
  readonly type: 'observed';
  readonly server: number;
  /** Grows with every connection: in between, something may have been missed. */
  readonly link: number;
  readonly record: unknown;
}

/** What a member shows. */
export interface Shown {
  readonly member: string;
  readonly state: string;
  readonly scope: string;
  readonly epoch: number;
  readonly degraded: boolean;
}

/** After faults had stopped and the dependency was up, the fleet was given time to come together. */
export interface Gathered {
  readonly type: 'gathered';
  readonly since: number;
  readonly stored: unknown;
  readonly shown: readonly Shown[];
}
