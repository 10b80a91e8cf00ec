import { type CallContext, LazyCallContext, PLAIN_CONTEXT } from '../call/call-context.js';
import type { Verdict } from '../call/outcome.js';
import { checkFunction } from '../check.js';
import { rejectedWith } from '../rejected.js';
import type { Decision, Shell } from '../shell.js';
import { Call } from './call.js';
import { checkCallOptions, type ExecuteOptions } from './execute-options.js';
import { executePlainly } from './execute-plainly.js';
import { executeUndisturbed } from './execute-undisturbed.js';
import { judgeJoined } from './judge-joined.js';

type Guarded = (context: CallContext) => unknown;
type Fallback = ExecuteOptions['fallback'];

const NO_OPTIONS: ExecuteOptions = {};

/** Runs a function under guard. */
export function execute(shell: Shell, fn: Guarded, options: ExecuteOptions = NO_OPTIONS): Promise<unknown> {
  const handlers = options === NO_OPTIONS && typeof fn === 'function' ? shell.plainHandlers() : undefined;
  return handlers === undefined ? executeFully(shell, fn, options) : executePlainly(shell, handlers, fn);
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
    shell.ignoreUnmade(signal.reason);
    return rejectedWith(signal.reason);
  }
  const decision = shell.admitInTime(signal);
  if (!(decision instanceof Promise)) return begin(shell, decision, fn, options);
  return decision.then((made) => begin(shell, made, fn, options));
}

/** Makes the call that was admitted. */
function begin(shell: Shell, admission: Decision, fn: Guarded, { signal, fallback }: ExecuteOptions): Promise<unknown> {
  if (admission instanceof Error) return failed(admission, 'failure', fallback);
  const deadlineMs = shell.deadlineMs(admission);
  const isDisturbed = signal !== undefined || fallback !== undefined || deadlineMs !== undefined;
  if (!isDisturbed) return executeUndisturbed(shell, admission, fn);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown, verdict: Verdict) => {
      if (fallback === undefined) reject(error);
      else resolve(failed(error, verdict, fallback));
    };
    const call = new Call(shell, admission, fail);
    call.watch(signal, deadlineMs);
    if (call.verdict !== undefined) return;
    attempt(() => call.run(fn))
      .then(
        (value) => {
          if (call.verdict !== undefined) return;
          call.gave(value);
          resolve(value);
        },
        (error: unknown) => {
          if (call.verdict !== undefined) return;
          const { verdict, hasOpened } = call.threw(error);
          fail(shell.errorOf(error, verdict, hasOpened), verdict);
        },
      )
      .catch(reject); // a clock of the user's that throws: the caller must hear of it
  });
}

/** A call within a call is part of it: one admission, one outcome, counted once. */
function join(shell: Shell, context: CallContext, fn: Guarded, fallback: Fallback): Promise<unknown> {
  const result = attempt(() => fn(context === PLAIN_CONTEXT ? new LazyCallContext() : context));
  if (fallback === undefined) return result;
  return result.catch((error: unknown) => failed(error, judgeJoined(shell, error), fallback));
}

/** A fallback stands in for failures only; a rejected call counts as one here. */
function failed(error: unknown, verdict: Verdict, fallback: Fallback): Promise<unknown> {
  if (fallback === undefined || verdict !== 'failure') return rejectedWith(error);
  return attempt(() => fallback(error));
}

function attempt(run: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    return rejectedWith(error);
  }
}
