import type { CallAdmission, Effect } from './call/call-admission.js';
import type { Verdict } from './call/outcome.js';
import type { Admission } from './circuit/fence.js';
import type { Fleet } from './fleet/fleet.js';
import type { Shell } from './shell.js';

/** A call that this process's own circuit let pass. The fleet hears of it too, if there is one: its circuit was closed. */
export class OwnAdmission implements CallAdmission, Admission {
  readonly epoch: number;
  readonly #shell: Shell;
  /** The fleet's epoch. */
  readonly #generation: number | undefined;

  constructor(
    shell: Shell,
    readonly leaseId: string | undefined = undefined,
  ) {
    this.epoch = shell.own.current.epoch;
    this.#shell = shell;
    this.#generation = shell.fleet?.generation;
  }

  get isTrial(): boolean {
    return this.leaseId !== undefined;
  }

  trialLeftMs(): number | undefined {
    return this.isTrial ? this.#shell.settings.trialTimeoutMs : undefined;
  }

  renewTrial(): number | undefined {
    return this.leaseId === undefined ? undefined : this.#shell.own.renewTrial(this.leaseId);
  }

  takeIn(verdict: Verdict, isSlow: boolean, now: number): Effect {
    const { own, fleet: shared } = this.#shell;
    const fleet = shared && verdict !== 'ignore' ? hearerOf(shared, this.#generation) : undefined;
    const before = own.current;
    const after = own.takeIn(this, verdict, isSlow, now);
    fleet?.[verdict as 'success' | 'failure'](isSlow, now);
    if (after === undefined) return fleet === undefined ? 'none' : 'counted';
    // Where a ruling of the user's came in between, it has been told already.
    if (after === before) return 'counted';
    if (before.state === 'open' || after.state !== 'open') return 'changed';
    fleet?.ownCircuitOpened(after.openUntilAt - this.#shell.now());
    return 'opened';
  }

  /** Lets the circuit have a success in time, which cannot trip: the shortest way, for the hot path. */
  takeInSuccess(): void {
    const { own, fleet } = this.#shell;
    const now = own.policyTime();
    own.takeInSuccess(this, now);
    if (fleet !== undefined) hearerOf(fleet, this.#generation)?.success(false, now);
  }
}

/** The fleet, where it hears of a call: one of this epoch. */
function hearerOf(fleet: Fleet, generation: number | undefined): Fleet | undefined {
  return fleet.generation === generation && !fleet.isEnding ? fleet : undefined;
}
