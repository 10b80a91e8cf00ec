import type { CallAdmission } from './call/call-admission.js';
import type { Circuit } from './circuit/circuit.js';
import type { CircuitOpenError } from './errors/circuit-open-error.js';
import type { Fleet } from './fleet/fleet.js';
import { FleetAdmission } from './fleet-admission.js';
import { OwnAdmission } from './own-admission.js';
import { Patience } from './patience.js';
import { rejectionOf } from './rejection.js';
import { settle } from './settle.js';
import type { Shell } from './shell.js';

/** A call passes, or is rejected. */
export type Decision = CallAdmission | CircuitOpenError;

/** Asks whether a call may pass, by data at hand. */
export function admit(shell: Shell): Decision {
  shell.fleet?.use();
  shell.counts.calls++;
  return decide(shell);
}

/** The same, for a call that can wait where a storage must be asked. */
export function admitInTime(shell: Shell, signal: AbortSignal | undefined): Decision | Promise<Decision> {
  const { fleet } = shell;
  fleet?.use();
  shell.counts.calls++;
  const patienceMs = fleet?.patienceMs() ?? 0;
  return fleet !== undefined && patienceMs > 0 ? admitLater(shell, fleet, signal, patienceMs) : decide(shell);
}

/** Tells that an admitted call begins, and gives when, where somebody asks how long it takes. */
export function beginCall(shell: Shell, admission: CallAdmission): number | undefined {
  const startedAt = shell.callTime();
  if (startedAt !== undefined) shell.announcer?.beforeCall(admission, startedAt);
  shell.deliver();
  return startedAt;
}

/** Counts a call that its caller had aborted before it was made. */
export function ignoreUnmade(shell: Shell, reason: unknown): void {
  shell.counts.calls++;
  ignore(shell, reason);
}

/** A call that waits for the storage: for its first answer, for a lease, or both. */
async function admitLater(
  shell: Shell,
  fleet: Fleet,
  signal: AbortSignal | undefined,
  patienceMs: number,
): Promise<Decision> {
  const patience = new Patience(shell.settings.clock, patienceMs, signal);
  try {
    await patience.waitFor(fleet.ready());
    if (fleet.patienceMs() > 0) await patience.waitFor(fleet.askForLease());
  } catch (reason) {
    ignore(shell, reason);
    throw reason;
  } finally {
    patience.end();
  }
  const decision = decide(shell);
  shell.deliver();
  return decision;
}

function ignore(shell: Shell, reason: unknown): void {
  const admission = pass(shell);
  settle(shell, admission, 'ignore', { threw: true, error: reason, durationMs: 0 }, shell.callTime());
}

function decide(shell: Shell): Decision {
  const { fleet, shown } = shell;
  if (shown.state === 'closed' || shown.state === 'disabled') return pass(shell);
  const now = shell.now();
  return fleet?.circuit === undefined ? tryOwn(shell, shown, now) : tryFleet(shell, fleet, fleet.circuit, now);
}

/** What a call takes along that needs no trial's place. */
function pass(shell: Shell): CallAdmission {
  const { fleet } = shell;
  if (fleet?.circuit !== undefined) return new FleetAdmission(shell, fleet);
  return shell.plainPath?.admission ?? new OwnAdmission(shell);
}

function tryOwn(shell: Shell, circuit: Circuit, now: number): Decision {
  const leaseId = shell.own.requestTrial(now);
  if (leaseId === undefined) return rejected(shell, circuit, now);
  shell.announceChange(circuit, 'trial-due');
  return new OwnAdmission(shell, leaseId);
}

function tryFleet(shell: Shell, fleet: Fleet, circuit: Circuit, now: number): Decision {
  const lease = fleet.takeLease(now);
  if (lease !== undefined) return new FleetAdmission(shell, fleet, lease);
  if (fleet.mayAskForLease(now)) void fleet.askForLease();
  // A place that was just taken may be the one that this process has asked for.
  const isPending = circuit.state === 'half-open' && fleet.isAskingForLease;
  return rejected(shell, isPending ? { ...circuit, leases: [] } : circuit, now);
}

function rejected(shell: Shell, circuit: Circuit, now: number): CircuitOpenError {
  shell.counts.rejected++;
  const error = rejectionOf(shell.name, circuit, now, shell.settings.rejectionStackTrace);
  shell.announcer?.reject(error, circuit.epoch);
  shell.deliver();
  return error;
}
