import { CallAdmission } from './call/call-admission.js';
import type { Shell } from './shell.js';

/**
 * What a plain call settles with: closures made once per epoch, so that nothing is allocated for a call, and a late result
 * brings the epoch of its admission along.
 */
export class PlainHandlers {
  readonly onSuccess: <T>(value: T) => T;
  readonly onFailure: (error: unknown) => never;

  constructor(shell: Shell, epoch: number) {
    const admission = new CallAdmission(epoch, undefined, Number.NaN);
    this.onSuccess = (value) => {
      shell.settlePlainSuccess(admission, value);
      return value;
    };
    this.onFailure = (error) => {
      throw shell.settleFailure(admission, error);
    };
  }
}
