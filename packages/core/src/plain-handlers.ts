import type { CallAdmission } from './call/call-admission.js';
import { Rejected } from './rejected.js';
import { settleError, settleValue } from './settle-outcome.js';
import type { Shell } from './shell.js';

/**
 * What a plain call settles with: closures made once per epoch, so that nothing is allocated for a call, and a late result
 * brings the epoch of its admission along.
 */
export class PlainHandlers {
  readonly onSuccess: <T>(value: T) => T;
  readonly onFailure: (error: unknown) => Rejected;

  /** @param admission - of every call that passes plainly in this epoch */
  constructor(
    shell: Shell,
    readonly admission: CallAdmission,
  ) {
    this.onSuccess = (value) => {
      settleSuccess(shell, admission, value);
      return value;
    };
    this.onFailure = (error) => new Rejected(settleError(shell, admission, Number.NaN, error));
  }
}

/** Counts a success at as little cost as can be, unless somebody has begun to ask for more since the call began. */
function settleSuccess(shell: Shell, admission: CallAdmission, value: unknown): void {
  if (shell.timesCalls) {
    settleValue(shell, admission, Number.NaN, value);
  } else {
    shell.counts.successes++;
    shell.takeInSuccess(admission);
    shell.deliver();
  }
}
