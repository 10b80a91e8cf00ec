import type { CallAdmission } from '../call/call-admission.js';
import { type CallContext, LazyCallContext } from '../call/call-context.js';
import { Rejected, rejectedWith } from '../rejected.js';
import { settleError, settleValue } from '../settle-outcome.js';
import type { Shell } from '../shell.js';

/**
 * Runs a function through a closed circuit when somebody asks how long calls take: as plainly as that allows, with two handlers
 * of its own that know when it began.
 *
 * @param admission - of every call that passes plainly in this epoch
 */
export function executeTimed(
  shell: Shell,
  admission: CallAdmission,
  fn: (context: CallContext) => unknown,
): Promise<unknown> {
  const startedAt = shell.beginPlainly(admission);
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
      settleValue(shell, admission, startedAt, value);
      return value;
    },
    (error: unknown) => new Rejected(settleError(shell, admission, startedAt, error)),
  );
}
