import { beginCall } from '../admit.js';
import { LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import { judge } from '../call/judge.js';
import type { Verdict } from '../call/outcome.js';
import { OwnAdmission } from '../own-admission.js';
import { isPromiseLike } from '../promise-like.js';
import { Rejected } from '../rejected.js';
import { settle } from '../settle.js';
import type { Shell } from '../shell.js';
import { notSynchronous } from './not-synchronous.js';
import { type Guarded, run, runWithin } from './run.js';

/**
 * How calls pass a closed circuit that ask for nothing of their own, and are no part of another: the hot path.
 *
 * What they take along, and what they settle with, is made once per epoch: so nothing is allocated for a call, and a late result
 * brings the epoch of its admission along.
 */
export interface PlainPath {
  readonly admission: OwnAdmission;
  readonly onSuccess: <T>(value: T) => T;
  readonly onFailure: (error: unknown) => Rejected;
}

/** Gives the plain path, where there is one now. */
export function plainPathOf(shell: Shell): PlainPath | undefined {
  if (shell.running !== undefined) return undefined;
  if (shell.plainPath === undefined && canPassPlainly(shell)) shell.plainPath = openPlainPath(shell);
  return shell.plainPath;
}

function canPassPlainly({ own, fleet }: Shell): boolean {
  if (own.current.state !== 'closed') return false;
  return fleet === undefined || (fleet.circuit === undefined && fleet.isFollowing);
}

function openPlainPath(shell: Shell): PlainPath {
  const admission = new OwnAdmission(shell);
  return {
    admission,
    onSuccess: (value) => {
      // Somebody may have begun to ask for more since the call began.
      if (shell.timesCalls) settleValue(shell, admission, undefined, value);
      else countSuccess(shell, admission);
      return value;
    },
    onFailure: (error) => new Rejected(settleError(shell, admission, undefined, error)),
  };
}

/**
 * Makes a call when nobody asks for more than the counts.
 *
 * `.then` with the two handlers of the epoch is what makes it cheap: an `async` function would cost twice as much.
 */
export function executePlainly(shell: Shell, { onSuccess, onFailure }: PlainPath, fn: Guarded): Promise<unknown> {
  return run(shell, fn, new LazyCallContext(), PLAIN_CONTEXT).then(onSuccess, onFailure);
}

/** Makes a synchronous call when nobody asks for more than the counts. */
export function executeSyncPlainly(shell: Shell, { admission, onSuccess }: PlainPath, fn: () => unknown): unknown {
  let value: unknown;
  let isPromise: boolean;
  try {
    value = runWithin(shell, PLAIN_CONTEXT, fn);
    isPromise = isPromiseLike(value);
  } catch (error) {
    throw settleError(shell, admission, undefined, error);
  }
  if (isPromise) throw settleError(shell, admission, undefined, notSynchronous(value), 'ignore');
  return onSuccess(value);
}

/** Makes a call when somebody asks how long calls take: with two handlers of its own that know when it began. */
export function executeTimed(shell: Shell, { admission }: PlainPath, fn: Guarded): Promise<unknown> {
  const startedAt = beginCall(shell, admission);
  const context = new LazyCallContext();
  return run(shell, fn, context, context).then(
    (value) => {
      settleValue(shell, admission, startedAt, value);
      return value;
    },
    (error: unknown) => new Rejected(settleError(shell, admission, startedAt, error)),
  );
}

function countSuccess(shell: Shell, admission: OwnAdmission): void {
  shell.counts.successes++;
  admission.takeInSuccess();
  shell.deliver();
}

function settleValue(shell: Shell, admission: OwnAdmission, startedAt: number | undefined, value: unknown): void {
  const endedAt = shell.callTime();
  const outcome = { threw: false, value, durationMs: shell.durationMs(startedAt, endedAt) } as const;
  settle(shell, admission, judge(outcome, shell.settings, shell), outcome, endedAt);
}

/** Gives what the caller gets. */
function settleError(
  shell: Shell,
  admission: OwnAdmission,
  startedAt: number | undefined,
  error: unknown,
  verdict?: Verdict,
): unknown {
  const endedAt = shell.callTime();
  const outcome = { threw: true, error, durationMs: shell.durationMs(startedAt, endedAt) } as const;
  return settle(shell, admission, verdict ?? judge(outcome, shell.settings, shell), outcome, endedAt);
}
