import type { Verdict } from './outcome.js';

/** What an outcome did: nothing, as it came too late; it counted; it changed the circuit; or opened it. */
export type Effect = 'none' | 'counted' | 'changed' | 'opened';

/** An admitted call, as the circuit has it that let it pass, until it is settled. */
export interface CallAdmission {
  readonly epoch: number;
  readonly isTrial: boolean;
  /** How long a trial may take from now on, in milliseconds; `undefined` where this is none. */
  trialLeftMs(): number | undefined;
  /** A trial begins its next step; gives until when it has its place, or `undefined` where it has none any more. */
  renewTrial(): number | undefined;
  /** How much more time a trial has got since its deadline was set, in milliseconds. */
  moreMs?(): number;
  /**
   * Lets the circuit have the outcome, and says what came of it. A trial's place is free then: to ignore one gives it back before its
   * end, which will be late.
   *
   * @param now - the time as the policy needs it
   */
  takeIn(verdict: Verdict, isSlow: boolean, now: number): Effect;
}
