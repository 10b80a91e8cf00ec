import { CircuitOpenError, CircuitTimeoutError, CircuitTrippedError } from '@breaker/core';
import type { CallOutcome } from '../history/history-event.js';

/** One call, as its caller sees it. */
export interface Call {
  readonly number: number;
  readonly askedAt: number;
  readonly wasClosed: boolean;
  readonly stalledBefore: number;
  /** What the dependency throws. */
  readonly error: Error;
  /** What the caller calls it off with. */
  readonly abortion: Error;
  startedAt?: number;
  isTrial: boolean;
  wasAtOnce: boolean;
}

/** What an error is to the caller: its own outcome, a breaker's rejection, or something strange. */
export function outcomeOf(error: unknown, call: Call): CallOutcome {
  if (error === call.error || error instanceof CircuitTimeoutError) return 'failure';
  if (error === call.abortion) return 'ignored';
  if (error instanceof CircuitOpenError) return call.startedAt === undefined ? 'rejected' : 'strange';
  if (error instanceof CircuitTrippedError && error.cause !== error) return outcomeOf(error.cause, call);
  return 'strange';
}
