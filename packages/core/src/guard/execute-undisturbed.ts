import type { CallAdmission } from '../call/call-admission.js';
import { type CallContext, LazyCallContext } from '../call/call-context.js';
import { Rejected, rejectedWith } from '../rejected.js';
import type { Shell } from '../shell.js';
import { settleError, settleValue } from './settle-outcome.js';

/**
 * Runs an admitted function that nobody can interrupt, as it has no deadline and its caller no signal: the first word on how
 * it went is its own, so that all it needs is two handlers.
 */
export function executeUndisturbed(
  shell: Shell,
  admission: CallAdmission,
  fn: (context: CallContext) => unknown,
): Promise<unknown> {
  const context = new LazyCallContext();
  shell.running = context;
  let result: Promise<unknown>;
  try {
    result = Promise.resolve(fn(context));
  } catch (error) {
    result = rejectedWith(error);
  }
  shell.running = undefined;
  return result.then(
    (value) => {
      settleValue(shell, admission, value);
      return value;
    },
    (error: unknown) => new Rejected(settleError(shell, admission, error)),
  );
}
