import { LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import { judge } from '../call/judge.js';
import type { Outcome } from '../call/outcome.js';
import { OwnAdmission } from '../own-admission.js';
import { Rejected } from '../rejected.js';
import { settle } from '../settle.js';
import type { Shell } from '../shell.js';
import { type Guarded, run } from './run.js';

/**
 * How calls pass a closed circuit that nothing can interrupt, and which are no part of another: the hot path.
 *
 * What they settle with are closures made once per epoch, so that nothing is allocated for a call, and a late result brings
 * the epoch of its admission along.
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

function canPassPlainly({ own, fleet, settings }: Shell): boolean {
  if (own.current.state !== 'closed' || settings.timeoutMs !== undefined) return false;
  return fleet === undefined || (fleet.circuit === undefined && fleet.isFollowing);
}

function openPlainPath(shell: Shell): PlainPath {
  const admission = new OwnAdmission(shell, Number.NaN);
  return {
    admission,
    onSuccess: (value) => {
      // Somebody may have begun to ask for more since the call began.
      if (shell.timesCalls) settleValue(shell, admission, Number.NaN, value);
      else countSuccess(shell, admission);
      return value;
    },
    onFailure: (error) => new Rejected(settleError(shell, admission, Number.NaN, error)),
  };
}

/**
 * Makes a call when nobody asks for more than the counts.
 *
 * `.then` with the two handlers of the epoch is what makes it cheap: an `async` function would cost twice as much.
 */
export function executePlainly(shell: Shell, { onSuccess, onFailure }: PlainPath, fn: Guarded): Promise<unknown> {
  shell.counts.calls++;
  return run(shell, fn, new LazyCallContext(), PLAIN_CONTEXT).then(onSuccess, onFailure);
}

/** Makes a call when somebody asks how long calls take: with two handlers of its own that know when it began. */
export function executeTimed(shell: Shell, { admission }: PlainPath, fn: Guarded): Promise<unknown> {
  shell.counts.calls++;
  const startedAt = shell.now();
  shell.announcer?.beforeCall(admission, startedAt);
  shell.deliver();
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

function settleValue(shell: Shell, admission: OwnAdmission, startedAt: number, value: unknown): void {
  const endedAt = shell.callTime();
  settleOutcome(shell, admission, { threw: false, value, durationMs: shell.durationMs(startedAt, endedAt) }, endedAt);
}

function settleError(shell: Shell, admission: OwnAdmission, startedAt: number, error: unknown): unknown {
  const endedAt = shell.callTime();
  const outcome = { threw: true, error, durationMs: shell.durationMs(startedAt, endedAt) } as const;
  return settleOutcome(shell, admission, outcome, endedAt);
}

function settleOutcome(shell: Shell, admission: OwnAdmission, outcome: Outcome, endedAt: number): unknown {
  return settle(shell, admission, judge(outcome, shell.settings, shell), outcome, endedAt);
}
