import type { CallAdmission } from '../call/call-admission.js';
import { attempt } from '../rejected.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';
import type { ExecuteOptions } from './execute-options.js';
import { type Guarded, run } from './run.js';

/** Makes an admitted call; gives a promise that settles with the first word on how it went. */
export function makeCall(
  shell: Shell,
  admission: CallAdmission,
  fn: Guarded,
  { signal, fallback }: ExecuteOptions,
): Promise<unknown> {
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
    run(shell, fn, call.context, call.context).then(
      (value) => {
        if (call.verdict !== undefined) return;
        try {
          call.gave(value);
          resolve(value);
        } catch (fault) {
          reject(fault); // a clock of the user's: the caller must hear of it
        }
      },
      (error: unknown) => {
        if (call.verdict !== undefined) return;
        try {
          fail(call.threw(error));
        } catch (fault) {
          reject(fault);
        }
      },
    );
  });
}
