import { admitInTime, type Decision, ignoreUnmade } from '../admit.js';
import { type CallContext, LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import { checkFunction } from '../check.js';
import { attempt, rejectedWith } from '../rejected.js';
import type { Shell } from '../shell.js';
import { checkCallOptions, type ExecuteOptions, NO_OPTIONS } from './execute-options.js';
import { judgeJoined } from './judge-joined.js';
import { makeCall } from './make-call.js';
import { executePlainly, executeTimed, plainPathOf } from './plain-path.js';
import type { Guarded } from './run.js';

type Fallback = ExecuteOptions['fallback'];

/** Runs a function under guard; on the hot path, where there is one. */
export function execute(shell: Shell, fn: Guarded, options: ExecuteOptions = NO_OPTIONS): Promise<unknown> {
  try {
    const path = options === NO_OPTIONS && typeof fn === 'function' ? plainPathOf(shell) : undefined;
    if (path === undefined) return executeFully(shell, fn, options);
    shell.counts.calls++;
    if (shell.settings.timeoutMs !== undefined) return makeCall(shell, path.admission, fn, options);
    return shell.timesCalls ? executeTimed(shell, path, fn) : executePlainly(shell, path, fn);
  } catch (error) {
    return rejectedWith(error); // of wrong arguments, or of a clock of the user's
  }
}

/** Runs a function under guard, with all that a call may ask for. */
function executeFully(shell: Shell, fn: Guarded, options: ExecuteOptions): Promise<unknown> {
  checkFunction('fn', fn, 'a function that makes the call');
  checkCallOptions(options, ['signal', 'fallback']);
  const { signal, fallback } = options;
  if (shell.running !== undefined) return join(shell, shell.running, fn, fallback);
  if (signal?.aborted) {
    ignoreUnmade(shell, signal.reason);
    return rejectedWith(signal.reason);
  }
  const decision = admitInTime(shell, signal);
  if (!(decision instanceof Promise)) return begin(shell, decision, fn, options);
  return decision.then((made) => begin(shell, made, fn, options));
}

/** Makes the call, where it was admitted. */
function begin(shell: Shell, decision: Decision, fn: Guarded, options: ExecuteOptions): Promise<unknown> {
  if (!(decision instanceof Error)) return makeCall(shell, decision, fn, options);
  const { fallback } = options;
  return fallback === undefined ? rejectedWith(decision) : attempt(fallback, decision);
}

/** A call within a call is part of it: one admission, one outcome, counted once. */
function join(shell: Shell, context: CallContext, fn: Guarded, fallback: Fallback): Promise<unknown> {
  const result = attempt(fn, context === PLAIN_CONTEXT ? new LazyCallContext() : context);
  if (fallback === undefined) return result;
  return result.catch((error: unknown) => {
    if (judgeJoined(shell, error) !== 'failure') throw error;
    return fallback(error);
  });
}
