import { type CallContext, LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import { OwnAdmission } from '../own-admission.js';
import { Rejected, rejectedWith } from '../rejected.js';
import { settle } from '../settle.js';
import type { Shell } from '../shell.js';

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
  return shell.plainPath ?? openPlainPath(shell);
}

function openPlainPath(shell: Shell): PlainPath | undefined {
  const { own, fleet, settings } = shell;
  if (own.current.state !== 'closed' || settings.timeoutMs !== undefined) return undefined;
  if (fleet !== undefined && (fleet.circuit !== undefined || !fleet.isFollowing)) return undefined;
  const admission = new OwnAdmission(shell, Number.NaN);
  shell.plainPath = {
    admission,
    onSuccess: (value) => {
      // Somebody may have begun to ask for more since the call began.
      if (shell.timesCalls) settleValue(shell, admission, Number.NaN, value);
      else countSuccess(shell, admission);
      return value;
    },
    onFailure: (error) => new Rejected(settleError(shell, admission, Number.NaN, error)),
  };
  return shell.plainPath;
}

/**
 * Makes a call when nobody asks for more than the counts.
 *
 * `.then` with the two handlers of the epoch is what makes it cheap: an `async` function would cost twice as much.
 */
export function executePlainly(
  shell: Shell,
  { onSuccess, onFailure }: PlainPath,
  fn: (context: CallContext) => unknown,
): Promise<unknown> {
  shell.counts.calls++;
  return run(shell, PLAIN_CONTEXT, fn, new LazyCallContext()).then(onSuccess, onFailure);
}

/** Makes a call when somebody asks how long calls take: with two handlers of its own that know when it began. */
export function executeTimed(
  shell: Shell,
  { admission }: PlainPath,
  fn: (context: CallContext) => unknown,
): Promise<unknown> {
  shell.counts.calls++;
  const startedAt = shell.now();
  shell.announcer?.beforeCall(admission, startedAt);
  shell.deliver();
  const context = new LazyCallContext();
  return run(shell, context, fn, context).then(
    (value) => {
      settleValue(shell, admission, startedAt, value);
      return value;
    },
    (error: unknown) => new Rejected(settleError(shell, admission, startedAt, error)),
  );
}

/** Not by `attempt`: the function that it is given would be most of what a call allocates. */
function run(
  shell: Shell,
  running: CallContext,
  fn: (context: CallContext) => unknown,
  context: CallContext,
): Promise<unknown> {
  shell.running = running;
  let result: Promise<unknown>;
  try {
    result = Promise.resolve(fn(context));
  } catch (error) {
    result = rejectedWith(error);
  }
  shell.running = undefined;
  return result;
}

function countSuccess(shell: Shell, admission: OwnAdmission): void {
  shell.counts.successes++;
  admission.takeInSuccess();
  shell.deliver();
}

function settleValue(shell: Shell, admission: OwnAdmission, startedAt: number, value: unknown): void {
  const endedAt = shell.callTime();
  settle(shell, admission, { threw: false, value, durationMs: shell.durationMs(startedAt, endedAt) }, endedAt);
}

function settleError(shell: Shell, admission: OwnAdmission, startedAt: number, error: unknown): unknown {
  const endedAt = shell.callTime();
  return settle(shell, admission, { threw: true, error, durationMs: shell.durationMs(startedAt, endedAt) }, endedAt);
}
