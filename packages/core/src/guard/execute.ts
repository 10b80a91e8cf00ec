import type { CallContext } from '../call/call-context.js';
import type { Outcome, Verdict } from '../call/outcome.js';
import { checkFunction } from '../check.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';
import { checkCallOptions, type ExecuteOptions } from './execute-options.js';
import { executePlainly } from './execute-plainly.js';

type Guarded = (context: CallContext) => unknown;
type Settle = (value: unknown) => void;

/** Runs a function under guard. */
export function execute(shell: Shell, fn: Guarded, options?: ExecuteOptions): Promise<unknown> {
  const handlers = options === undefined ? shell.plainHandlers() : undefined;
  return handlers === undefined || typeof fn !== 'function'
    ? executeFully(shell, fn, options === undefined ? {} : options)
    : executePlainly(shell, handlers, fn);
}

function executeFully(shell: Shell, fn: Guarded, options: ExecuteOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    checkFunction('fn', fn);
    checkCallOptions(options, ['signal', 'fallback']);
    const fail = failing(resolve, reject, options.fallback);
    if (shell.running === undefined) start(shell, fn, options.signal, resolve, fail);
    else join(shell, shell.running, fn, resolve, fail);
  });
}

/** Takes the error that a caller is to get, and what it counted as. */
type Fail = (error: unknown, verdict: Verdict) => void;

/** A fallback stands in for failures only: a rejected call counts as one here. */
function failing(resolve: Settle, reject: Settle, fallback: ExecuteOptions['fallback']): Fail {
  return (error, verdict) => {
    if (fallback === undefined || verdict !== 'failure') return reject(error);
    try {
      resolve(fallback(error));
    } catch (fault) {
      reject(fault);
    }
  };
}

function start(shell: Shell, fn: Guarded, signal: AbortSignal | undefined, resolve: Settle, fail: Fail): void {
  if (signal?.aborted) {
    shell.ignoreUnmade(signal.reason);
    fail(signal.reason, 'ignore');
    return;
  }
  const admission = shell.admit();
  if (admission instanceof Error) {
    fail(admission, 'failure');
    return;
  }
  const call = new Call(shell, admission, fail);
  if (signal !== undefined) call.follow(signal);
  const deadlineMs = shell.deadlineMs(admission);
  if (deadlineMs !== undefined) call.startDeadline(deadlineMs);
  const end = (outcome: Outcome): void => {
    if (call.verdict !== undefined) return;
    const { verdict, hasOpened } = call.settle(outcome);
    if (!outcome.threw) resolve(outcome.value);
    else fail(shell.errorOf(outcome.error, verdict, hasOpened), verdict);
  };
  promised(() => call.run(fn)).then(
    (value) => end({ threw: false, value, durationMs: call.durationMs() }),
    (error: unknown) => end({ threw: true, error, durationMs: call.durationMs() }),
  );
}

/** A call within a call is part of it: one admission, one outcome, counted once. */
function join(shell: Shell, context: CallContext, fn: Guarded, resolve: Settle, fail: Fail): void {
  promised(() => fn(context)).then(resolve, (error: unknown) => {
    fail(error, shell.judgeJoined(error));
  });
}

function promised(run: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    return Promise.reject(error);
  }
}
