import type { CallAdmission } from './call/call-admission.js';
import type { Verdict } from './call/outcome.js';
import type { Circuit } from './circuit/circuit.js';
import type { Ruling } from './circuit/event.js';
import type { CircuitBreaker } from './circuit-breaker.js';
import type { CircuitStorageError } from './errors/circuit-storage-error.js';
import { Fleet } from './fleet/fleet.js';
import type { FleetHost } from './fleet/fleet-host.js';
import type { HeldLease } from './fleet/lease-desk.js';
import type { Scope, StateChangeReason } from './listener/breaker-event.js';
import { Patience } from './patience.js';
import type { Settings, SharedSettings } from './settings.js';
import { SharedCallAdmission } from './shared-call-admission.js';
import { type Decision, type Effect, Shell } from './shell.js';

/**
 * The shell of a breaker that shares its circuit. A call must pass both circuits: the fleet's decides where it is not closed, and then the
 * process's own rests; else the own one does.
 */
export class SharedShell extends Shell implements FleetHost {
  readonly fleet: Fleet;

  constructor(breaker: CircuitBreaker, settings: SharedSettings) {
    super(breaker, settings);
    this.fleet = new Fleet(this);
  }

  override get settings(): SharedSettings {
    return super.settings as SharedSettings;
  }

  override get shown(): Circuit {
    return this.fleet.circuit ?? this.own.current;
  }

  override get scope(): Scope {
    return this.fleet.circuit === undefined || this.fleet.isAlone ? 'process' : 'fleet';
  }

  override get isDegraded(): boolean {
    return this.fleet.isDegraded;
  }

  get callsSoFar(): number {
    return this.counts.calls;
  }

  override use(): void {
    this.fleet.use();
  }

  override admit(): Decision {
    this.fleet.use();
    return super.admit();
  }

  override admitInTime(signal: AbortSignal | undefined): Decision | Promise<Decision> {
    this.fleet.use();
    const patienceMs = this.fleet.patienceMs();
    return patienceMs > 0 ? this.#admitLater(signal, patienceMs) : super.admit();
  }

  override admission(leaseId: string | undefined, startedAt = this.callTime()): SharedCallAdmission {
    return this.#admission(leaseId, undefined, startedAt);
  }

  override deadlineMs(admission: CallAdmission): number | undefined {
    const leftMs = this.#leaseLeftMs(admission);
    if (leftMs === undefined) return super.deadlineMs(admission);
    return Math.min(leftMs, this.settings.timeoutMs ?? leftMs);
  }

  override trialDeadlineMs(admission: CallAdmission): number | undefined {
    return this.#leaseLeftMs(admission) ?? super.trialDeadlineMs(admission);
  }

  /** The fleet's leases are not renewed: their deadlines stay. */
  override renewTrial(admission: CallAdmission): number | undefined {
    const { lease } = admission as SharedCallAdmission;
    if (lease === undefined) return super.renewTrial(admission);
    return this.fleet.holds(lease.id) ? lease.deadlineAt : undefined;
  }

  override releaseTrial(admission: CallAdmission): void {
    const { lease } = admission as SharedCallAdmission;
    if (lease === undefined) super.releaseTrial(admission);
    else this.fleet.settle(lease.id, 'ignore');
  }

  override takeInSuccess(admission: CallAdmission): void {
    const now = this.own.policyTime();
    this.own.takeInSuccess(admission, now);
    if (this.#isGathered(admission)) this.fleet.success(false, now);
  }

  override rule(ruling: Ruling): Promise<void> {
    return this.fleet.isOver ? super.rule(ruling) : this.fleet.rule(ruling);
  }

  override configure(settings: Settings): void {
    super.configure(settings);
    this.fleet.reconfigure();
  }

  override ready(): Promise<void> {
    return this.fleet.ready();
  }

  override flush(): Promise<void> {
    return this.fleet.flush();
  }

  override dispose(): Promise<void> {
    return this.fleet.end();
  }

  changeView(change: () => void, reason: StateChangeReason | undefined): void {
    const { shown: before, scope } = this;
    change();
    const { shown: after } = this;
    if (after.state !== before.state) this.dropPlainHandlers();
    const hasOpenedForAll = scope === 'process' && this.scope === 'fleet' && after.state === 'open';
    if (after.state !== before.state || hasOpenedForAll) {
      this.announcer?.stateChange(before, after, {
        epoch: this.fleet.epoch,
        scope: this.fleet.isAlone || this.fleet.isOver ? 'process' : 'fleet',
        origin: reason === undefined ? 'remote' : 'local',
        reason: reason ?? 'adopted',
      });
    }
    this.deliver();
  }

  startAnew(): void {
    this.own.startAnew();
    this.dropPlainHandlers();
  }

  storageDegraded(error: CircuitStorageError): void {
    this.announcer?.storageDegraded(error, this.shown.epoch);
    this.deliver();
  }

  storageRecovered(): void {
    this.announcer?.storageRecovered(this.shown.epoch);
    this.deliver();
  }

  fallAsleep(): void {
    this.dropPlainHandlers();
  }

  protected override get canPassPlainly(): boolean {
    return super.canPassPlainly && this.fleet.circuit === undefined && this.fleet.isFollowing;
  }

  protected override decide(): Decision {
    const { fleet } = this;
    const { circuit } = fleet;
    if (circuit === undefined) return super.decide();
    if (circuit.state === 'disabled') return this.admitted(this.admission(undefined));
    const now = this.now();
    const lease = fleet.takeLease(now);
    if (lease !== undefined) return this.admitted(this.#admission(undefined, lease, this.callTime()));
    if (fleet.mayAskForLease(now)) void fleet.askForLease();
    // A place that was just taken may be the one that this process has asked for.
    const isPending = circuit.state === 'half-open' && fleet.isAskingForLease;
    return this.rejected(now, isPending ? { ...circuit, leases: [] } : circuit);
  }

  protected override takeIn(admission: CallAdmission, verdict: Verdict, isSlow: boolean, now: number): Effect {
    const { lease, isOfFleet, generation } = admission as SharedCallAdmission;
    if (lease !== undefined) return this.#settleTrial(lease, verdict);
    if (isOfFleet) return generation === this.fleet.generation ? 'counted' : 'none';
    const isGathered = this.#isGathered(admission);
    const effect = super.takeIn(admission, verdict, isSlow, now);
    if (!isGathered || verdict === 'ignore') return effect;
    this.fleet[verdict](isSlow, now);
    const { current } = this.own;
    if (effect === 'opened' && current.state === 'open') this.fleet.ownCircuitOpened(current.openUntilAt - this.now());
    return effect === 'none' ? 'counted' : effect;
  }

  /** A call that waits for the storage: for its first answer, for a lease, or both. */
  async #admitLater(signal: AbortSignal | undefined, patienceMs: number): Promise<Decision> {
    this.counts.calls++;
    const patience = new Patience(this.settings.clock, patienceMs, signal);
    try {
      await patience.waitFor(this.fleet.ready());
      if (this.fleet.patienceMs() > 0) await patience.waitFor(this.fleet.askForLease());
    } catch (reason) {
      const admission = this.admission(undefined);
      this.settle(admission, 'ignore', { threw: true, error: reason, durationMs: 0 }, admission.startedAt);
      throw reason;
    } finally {
      patience.end();
    }
    return this.decide();
  }

  #admission(leaseId: string | undefined, lease: HeldLease | undefined, startedAt: number): SharedCallAdmission {
    const { fleet, shown } = this;
    const isOfFleet = fleet.circuit !== undefined;
    return new SharedCallAdmission(shown.epoch, leaseId, startedAt, fleet.generation, isOfFleet, lease);
  }

  /** Whether the fleet hears of a call: one that its closed circuit let pass, in this epoch. */
  #isGathered(admission: CallAdmission): boolean {
    const { generation, isOfFleet } = admission as SharedCallAdmission;
    return !isOfFleet && generation === this.fleet.generation && !this.fleet.isEnding;
  }

  /** What failed with a lease in the record opens the circuit, as soon as the others know. */
  #settleTrial({ id }: HeldLease, verdict: Verdict): Effect {
    const isHeld = this.fleet.holds(id);
    this.fleet.settle(id, verdict);
    if (!isHeld) return 'none';
    return verdict === 'failure' ? 'opened' : 'counted';
  }

  #leaseLeftMs(admission: CallAdmission): number | undefined {
    const { lease } = admission as SharedCallAdmission;
    return lease === undefined ? undefined : Math.max(0, lease.deadlineAt - this.now());
  }
}
