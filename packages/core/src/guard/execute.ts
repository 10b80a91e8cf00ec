import { admitInTime, type Decision, ignoreUnmade } from '../admit.js';
import { type CallContext, LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import { checkFunction } from '../check.js';
import { attempt, rejectedWith } from '../rejected.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';
import { checkCallOptions, type ExecuteOptions, NO_OPTIONS } from './execute-options.js';
import { judgeJoined } from './judge-joined.js';
import { executePlainly, executeTimed, plainPathOf } from './plain-path.js';
import { type Guarded, run } from './run.js';

type Fallback = ExecuteOptions['fallback'];

/** Runs a function under guard. */
export function execute(shell: Shell, fn: Guarded, options: ExecuteOptions = NO_OPTIONS): Promise<unknown> {
  const path = options === NO_OPTIONS && typeof fn === 'function' ? plainPathOf(shell) : undefined;
  if (path === undefined) return executeFully(shell, fn, options);
  return shell.timesCalls ? executeTimed(shell, path, fn) : executePlainly(shell, path, fn);
}

/** Runs a function under guard, with all that a call may ask for. */
function executeFully(shell: Shell, fn: Guarded, options: ExecuteOptions): Promise<unknown> {
  try {
    checkFunction('fn', fn, 'a function that makes the call');
    checkCallOptions(options, ['signal', 'fallback']);
  } catch (error) {
    return rejectedWith(error);
  }
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

/** Makes the call that was admitted. */
function begin(shell: Shell, admission: Decision, fn: Guarded, { signal, fallback }: ExecuteOptions): Promise<unknown> {
  if (admission instanceof Error) {
    return fallback === undefined ? rejectedWith(admission) : attempt(fallback, admission);
  }
  return new Promise((resolve, reject) => {
    let hasFailed = false;
    const fail = (error: unknown) => {
      // Who judges a failure may take until its deadline.
      if (hasFailed) return;
      hasFailed = true;
      if (fallback === undefined || call.verdict !== 'failure') reject(error);
      else resolve(attempt(fallback, error));
    };
    const call = new Call(shell, admission, fail);
    call.watch(signal, call.deadlineMs);
    if (call.verdict !== undefined) return;
    // What throws below is a clock of the user's: the caller must hear of it.
    const onValue = (value: unknown) => {
      try {
        if (call.verdict !== undefined) return;
        call.gave(value);
        resolve(value);
      } catch (fault) {
        reject(fault);
      }
    };
    const onError = (error: unknown) => {
      try {
        if (call.verdict === undefined) fail(call.threw(error));
      } catch (fault) {
        reject(fault);
      }
    };
    run(shell, fn, call.context, call.context).then(onValue, onError);
  });
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
