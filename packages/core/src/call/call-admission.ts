import type { Admission } from '../circuit/fence.js';

/** An admitted call, as the shell remembers it until it is settled. */
export class CallAdmission implements Admission {
  constructor(
    readonly epoch: number,
    readonly leaseId: string | undefined,
    /** `NaN` where nobody asks how long the call takes: the clock is most of what a call costs. */
    readonly startedAt: number,
  ) {}

  get isTrial(): boolean {
    return this.leaseId !== undefined;
  }
}
