import { consecutiveFailures } from '../../src/policy/consecutive-failures.js';
import { failureCount } from '../../src/policy/failure-count.js';
import { lastCalls } from '../../src/policy/last-calls.js';
import type { TimeWindow } from '../../src/policy/time-window.js';
import type { TripPolicy } from '../../src/policy/trip-policy.js';
import { NOW, type Outcome, TICK } from './world.js';

/** A real policy, and a naive one that keeps every outcome and counts them anew each time. */
export interface PolicyModel {
  readonly name: string;
  readonly policy: TripPolicy;
  /** The outcomes that may matter still, in the one form that all histories share that are alike. */
  relevant(history: readonly Outcome[]): readonly Outcome[];
  /** Whether the policy must trip on them. */
  isMet(history: readonly Outcome[]): boolean;
  /** The real policy's memory after that much time, in the one form that all memories share that are alike. */
  aged(memory: unknown, ms: number): unknown;
}

const withoutAge = ({ failed }: Outcome): Outcome => ({ failed, ageMs: 0 });
const failures = (history: readonly Outcome[]): number => history.filter(({ failed }) => failed).length;

export function inARow(threshold: number): PolicyModel {
  return {
    name: `consecutiveFailures(${threshold})`,
    policy: consecutiveFailures(threshold) as TripPolicy,
    relevant: (history) => history.slice(history.findLastIndex(({ failed }) => !failed) + 1).map(withoutAge),
    isMet: (history) => history.length >= threshold,
    aged: (memory) => memory,
  };
}

export function ofTheLast(size: number, threshold: number, minimumCalls: number): PolicyModel {
  return {
    name: `lastCalls(${size}, ${threshold}, ${minimumCalls})`,
    policy: lastCalls({ size, threshold, minimumCalls }) as TripPolicy,
    relevant: (history) => history.slice(-size).map(withoutAge),
    isMet: (history) => history.length >= minimumCalls && failures(history) >= threshold * history.length,
    aged: (memory) => memory,
  };
}

export function inTime(threshold: number, ticks: number): PolicyModel {
  const windowMs = ticks * TICK;
  const policy = failureCount({ threshold, windowMs });
  return {
    name: `failureCount(${threshold}, ${ticks} ticks)`,
    policy: policy as TripPolicy,
    relevant: (history) => history.filter(({ failed, ageMs }) => failed && ageMs < windowMs),
    isMet: (history) => history.length >= threshold,
    aged: (memory, ms) => {
      const { startAt, newest, counts } = memory as TimeWindow;
      const isEmpty = counts.length === 0 || startAt - ms <= NOW - windowMs;
      if (isEmpty) return policy.initial();
      const slot = (newest * counts.length) / 10;
      return { startAt: startAt - ms, newest: 0, counts: [...counts.slice(slot), ...counts.slice(0, slot)] };
    },
  };
}
