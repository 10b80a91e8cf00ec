import type { CallAdmission } from './call/call-admission.js';
import type { Outcome } from './call/outcome.js';
import type { Shell } from './shell.js';

/**
 * What a plain call settles with: closures made once per epoch, so that nothing is allocated for a call, and a late result
 * brings the epoch of its admission along.
 */
export class PlainHandlers {
  readonly onSuccess: <T>(value: T) => T;
  readonly onFailure: (error: unknown) => never;

  /** @param admission - of every call that passes plainly in this epoch */
  constructor(shell: Shell, admission: CallAdmission) {
    this.onSuccess = (value) => {
      settleSuccess(shell, admission, value);
      return value;
    };
    // As small as can be: what throwing costs grows with the function that throws.
    this.onFailure = (error) => {
      throw settleFailure(shell, admission, error);
    };
  }
}

/** Counts a success at as little cost as can be, unless somebody has begun to ask for more since the call began. */
function settleSuccess(shell: Shell, admission: CallAdmission, value: unknown): void {
  if (shell.timesCalls) {
    const outcome: Outcome = { threw: false, value, durationMs: shell.durationSince(admission.startedAt) };
    shell.settle(admission, shell.judge(outcome), outcome);
  } else {
    shell.counts.successes++;
    shell.takeInSuccess(admission);
    shell.deliver();
  }
}

/** Takes in a failure; gives what the caller gets. */
function settleFailure(shell: Shell, admission: CallAdmission, error: unknown): unknown {
  const outcome: Outcome = { threw: true, error, durationMs: shell.durationSince(admission.startedAt) };
  const verdict = shell.judge(outcome);
  return shell.errorOf(error, verdict, shell.settle(admission, verdict, outcome));
}
