import type { CallAdmission } from './call/call-admission.js';
import type { Outcome } from './call/outcome.js';
import type { Shell } from './shell.js';

/** Judges and takes in what a call gave that nobody could interrupt. */
export function settleValue(shell: Shell, admission: CallAdmission, startedAt: number, value: unknown): void {
  const endedAt = shell.callTime();
  const outcome: Outcome = { threw: false, value, durationMs: shell.durationMs(startedAt, endedAt) };
  shell.settle(admission, shell.judge(outcome), outcome, endedAt);
}

/** The same for what a call threw; gives what its caller gets. */
export function settleError(shell: Shell, admission: CallAdmission, startedAt: number, error: unknown): unknown {
  const endedAt = shell.callTime();
  const outcome: Outcome = { threw: true, error, durationMs: shell.durationMs(startedAt, endedAt) };
  const verdict = shell.judge(outcome);
  return shell.errorOf(error, verdict, shell.settle(admission, verdict, outcome, endedAt));
}
