import { admit } from '../admit.js';
import { checkFunction } from '../check.js';
import { isPromiseLike } from '../promise-like.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';
import { checkCallOptions, type ExecuteSyncOptions, NO_OPTIONS } from './execute-options.js';
import { judgeJoined } from './judge-joined.js';
import { notSynchronous } from './not-synchronous.js';
import { executeSyncPlainly, plainPathOf } from './plain-path.js';

/** Runs a synchronous function under guard; on the hot path, where there is one. */
export function executeSync(shell: Shell, fn: () => unknown, options: ExecuteSyncOptions): unknown {
  const isPlain = options === NO_OPTIONS && typeof fn === 'function' && !shell.timesCalls;
  const path = isPlain ? plainPathOf(shell) : undefined;
  if (path === undefined) return executeSyncFully(shell, fn, options);
  shell.counts.calls++;
  return executeSyncPlainly(shell, path, fn);
}

/** Runs it with all that a call may ask for. */
function executeSyncFully(shell: Shell, fn: () => unknown, options: ExecuteSyncOptions): unknown {
  checkFunction('fn', fn, 'a function that makes the call');
  checkCallOptions(options, ['fallback']);
  return shell.running === undefined ? start(shell, fn, options) : join(shell, fn, options);
}

function start(shell: Shell, fn: () => unknown, { fallback }: ExecuteSyncOptions): unknown {
  const admission = admit(shell);
  if (admission instanceof Error) {
    if (fallback === undefined) throw admission;
    return fallback(admission);
  }
  const call = new Call(shell, admission);
  let value: unknown;
  let isPromise: boolean;
  try {
    value = call.run(fn);
    isPromise = isPromiseLike(value);
  } catch (error) {
    const failure = call.threw(error);
    if (fallback === undefined || call.verdict !== 'failure') throw failure;
    return fallback(failure);
  }
  if (isPromise) throw call.threw(notSynchronous(value), 'ignore');
  call.gave(value);
  return value;
}

/** A call within a call is part of it: one admission, one outcome, counted once. */
function join(shell: Shell, fn: () => unknown, { fallback }: ExecuteSyncOptions): unknown {
  let value: unknown;
  try {
    value = fn();
  } catch (error) {
    if (fallback === undefined || judgeJoined(shell, error) !== 'failure') throw error;
    return fallback(error);
  }
  if (isPromiseLike(value)) throw notSynchronous(value);
  return value;
}
