import type { CallAdmission } from './call/call-admission.js';
import type { Outcome, Verdict } from './call/outcome.js';
import type { Circuit } from './circuit/circuit.js';
import { CircuitTrippedError } from './errors/circuit-tripped-error.js';
import { withoutStackTrace } from './errors/without-stack-trace.js';
import type { StateChangeReason } from './listener/breaker-event.js';
import type { Shell } from './shell.js';

/**
 * Takes in how a call went. Gives what its caller gets of it: the value or the error, or the error that tells of a trip.
 *
 * @param endedAt - the time, as `callTime` gave it: it serves all who ask for it
 */
export function settle(
  shell: Shell,
  admission: CallAdmission,
  verdict: Verdict,
  outcome: Outcome,
  endedAt: number | undefined,
): unknown {
  const { slowCallMs = Number.POSITIVE_INFINITY } = shell.settings.policy;
  const isSlow = verdict !== 'ignore' && outcome.durationMs > slowCallMs;
  shell.counts.add(verdict, isSlow);
  const before = shell.shown;
  const effect = admission.takeIn(verdict, isSlow, shell.own.policyTime(endedAt));
  shell.announcer?.outcome(verdict, outcome, admission, effect === 'none', isSlow, endedAt);
  if (effect === 'changed' || effect === 'opened') shell.announceChange(before, reasonOf(admission, shell.shown));
  shell.deliver();
  if (!outcome.threw) return outcome.value;
  const { error } = outcome;
  if (effect !== 'opened' || verdict !== 'failure' || !shell.settings.throwNewErrorOnTrip) return error;
  return trippedBy(shell.name, error);
}

function trippedBy(name: string, error: unknown): CircuitTrippedError {
  return withoutStackTrace(() => new CircuitTrippedError(name, error));
}

function reasonOf({ isTrial }: CallAdmission, after: Circuit): StateChangeReason {
  if (!isTrial) return 'tripped';
  return after.state === 'closed' ? 'trial-succeeded' : 'trial-failed';
}
