import { CallAdmission } from './call/call-admission.js';
import type { HeldLease } from './fleet/lease-desk.js';

/** What a call through a shared circuit takes along: of both circuits. */
export class SharedCallAdmission extends CallAdmission {
  constructor(
    /** Of the circuit that decided. */
    epoch: number,
    /** A trial's place in this process's own circuit. */
    leaseId: string | undefined,
    startedAt: number,
    /** The generation of the fleet's circuit. */
    readonly generation: number,
    /** Which circuit decided. */
    readonly isOfFleet: boolean,
    /** A trial's place in the fleet's circuit. */
    readonly lease: HeldLease | undefined,
  ) {
    super(epoch, leaseId, startedAt);
  }

  override get isTrial(): boolean {
    return this.lease !== undefined || super.isTrial;
  }
}
