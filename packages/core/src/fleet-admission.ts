import type { CallAdmission, Effect } from './call/call-admission.js';
import type { Verdict } from './call/outcome.js';
import type { Fleet } from './fleet/fleet.js';
import type { HeldLease } from './fleet/lease-desk.js';
import type { Shell } from './shell.js';

/** A call that the fleet's circuit let pass: as a trial, with a lease, or as it is disabled. The process's own circuit rests. */
export class FleetAdmission implements CallAdmission {
  readonly epoch: number;
  readonly #shell: Shell;
  readonly #fleet: Fleet;
  readonly #generation: number;
  readonly #lease: HeldLease | undefined;
  /** A generator goes on all the same. */
  #isGivenBack = false;

  constructor(shell: Shell, fleet: Fleet, lease?: HeldLease) {
    this.epoch = shell.shown.epoch;
    this.#shell = shell;
    this.#fleet = fleet;
    this.#generation = fleet.generation;
    this.#lease = lease;
  }

  get isTrial(): boolean {
    return this.#lease !== undefined;
  }

  trialLeftMs(): number | undefined {
    if (this.#isGivenBack) return this.#shell.settings.trialTimeoutMs;
    return this.#lease && Math.max(0, this.#lease.deadlineAt - this.#shell.now());
  }

  /** The lease is renewed behind the trial's back: until then it has what is left of it. */
  renewTrial(): number | undefined {
    if (this.#lease === undefined || !this.#hasSay) return undefined;
    this.#fleet.renew(this.#lease);
    return this.#lease.deadlineAt;
  }

  moreMs(): number {
    return this.#lease === undefined ? 0 : this.#lease.deadlineAt - this.#shell.now();
  }

  /** What failed with a lease in the record opens the circuit, as soon as the others know. */
  takeIn(verdict: Verdict): Effect {
    const hadSay = this.#hasSay;
    if (this.#lease !== undefined && !this.#isGivenBack) {
      this.#isGivenBack = true;
      this.#fleet.settle(this.#lease.id, verdict);
    }
    if (!hadSay) return 'none';
    return this.isTrial && verdict === 'failure' ? 'opened' : 'counted';
  }

  get #hasSay(): boolean {
    if (this.#lease !== undefined) return !this.#isGivenBack && this.#fleet.holds(this.#lease.id);
    return this.#fleet.generation === this.#generation;
  }
}
