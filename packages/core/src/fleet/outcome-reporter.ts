import { failuresIn } from '../circuit/closed.js';
import { Alarm } from './alarm.js';
import { type Evidence, hasStreakBegun, report } from './change/report.js';
import type { NameEra } from './eras.js';
import type { FleetHost } from './fleet-host.js';
import { Gathered } from './gathered.js';
import { Hearing } from './hearing.js';
import type { Proposal } from './proposal.js';
import type { FleetRecord } from './record.js';
import type { Reporter } from './reporter.js';
import type { OutcomeSharing } from './sharing.js';
import type { View } from './view.js';

/** Flushes are spread, lest a fleet that fails together speaks at once. */
const FLUSH_SPREAD = 0.2;

/**
 * Reports outcomes: failures and slow calls when they have waited a moment and no success has cancelled them, successes when the
 * fleet holds a hearing, and at the end of a hearing that this process has opened, whatever there is.
 */
export class OutcomeReporter implements Reporter {
  readonly hearing: Hearing;
  readonly #host: FleetHost;
  readonly #sharing: OutcomeSharing;
  readonly #view: View;
  readonly #flushing: Alarm;
  readonly #onDue: () => void;
  #gathered: Gathered;
  #isDue = false;
  /** Whether the flush waits for the end of a hearing. */
  #isHeld = false;

  constructor(host: FleetHost, sharing: OutcomeSharing, view: View, onDue: () => void) {
    this.#host = host;
    this.#sharing = sharing;
    this.#view = view;
    this.hearing = new Hearing(host, sharing.hearingMs, view, () => this.#report());
    this.#flushing = new Alarm(host.settings.clock, () => this.#flushInTime());
    this.#onDue = onDue;
    this.#gathered = new Gathered(host.settings.policy);
  }

  outcome(verdict: 'success' | 'failure', isSlow: boolean, now: number): void {
    this.#gathered.add(verdict, isSlow, now);
    if (isSlow || verdict === 'failure') this.#flushLater();
    else if (this.#flushing.isSet && !this.#leavesTrace()) this.#stopFlush();
    if (verdict === 'success') this.hearing.bearWitness();
  }

  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void {
    if (hasNewEpoch) this.stop();
    else if (this.#hasStreakBegun(before)) this.#gathered.dropSuccesses();
    this.hearing.viewChanged();
    if (this.#isHeld && !this.hearing.needsNoFailures) {
      this.#stopFlush();
      this.#flushLater();
    }
    if (this.#gathered.hasSuccesses(this.#policyTime())) this.hearing.bearWitness();
  }

  take(era: NameEra): readonly Proposal[] {
    const evidence = this.evidence();
    if (evidence === undefined) return [];
    return [this.hearing.proposalOf(report(evidence, this.#view.epoch, era('tripped')))];
  }

  /** What is to be reported now, once. */
  evidence(): Evidence | undefined {
    if (!this.#isDue) return undefined;
    const tallies = this.#gathered.tallies(this.#policyTime());
    this.#forget();
    this.hearing.spoken();
    return { tallies, knownStreak: this.#streakIn(this.#view.record) };
  }

  /** Failures that a success has cancelled since need not be told. */
  flush(): void {
    if (this.#gathered.hasTrouble && this.#leavesTrace()) this.#report();
  }

  reconfigure(): void {
    if (this.#host.settings.policy.key !== this.#gathered.policyKey) this.stop();
  }

  stop(): void {
    this.#forget();
    this.hearing.stop();
  }

  /** @param afterMs - not before so long */
  #flushLater(afterMs = 0): void {
    if (this.#flushing.isSet) return;
    this.#flushing.set(afterMs + this.#sharing.flushIntervalMs * (1 + FLUSH_SPREAD * this.#view.random()));
  }

  #flushInTime(): void {
    this.#isHeld = this.hearing.needsNoFailures;
    // Failures can wait for what comes of the hearing: a fleet that fails together need not say so together.
    if (this.#isHeld) this.#flushLater(this.hearing.leftMs);
    else this.flush();
  }

  #report(): void {
    this.#isDue = true;
    this.#onDue();
  }

  #forget(): void {
    this.#isDue = false;
    this.#gathered = new Gathered(this.#host.settings.policy);
    this.#stopFlush();
  }

  #stopFlush(): void {
    this.#flushing.cancel();
    this.#isHeld = false;
  }

  /** Whether a fleet that remembers nothing would remember it. A window always does. */
  #leavesTrace(): boolean {
    const { policy } = this.#host.settings;
    if (policy.windowMs !== undefined) return true;
    try {
      const memory = this.#gathered.tallies(0).reduce((sum, tally) => policy.record(sum, tally, 0), policy.initial());
      return JSON.stringify(memory) !== JSON.stringify(policy.initial());
    } catch {
      return true; // the commit meets the fault again, and tells it
    }
  }

  /** For failures in a row, successes of before the row began, or last shrank, say nothing against it. */
  #hasStreakBegun(before: FleetRecord | undefined): boolean {
    return hasStreakBegun(this.#streakIn(before), this.#streakIn(this.#view.record));
  }

  /** How many failures in a row are remembered; `undefined` where the policy has a window. */
  #streakIn(record: FleetRecord | undefined): number | undefined {
    const { policy } = this.#host.settings;
    if (policy.windowMs !== undefined) return undefined;
    try {
      return record?.state === 'closed' ? failuresIn(record, 0, policy) : 0;
    } catch {
      return 0;
    }
  }

  #policyTime(): number {
    return this.#host.settings.policy.windowMs === undefined ? 0 : this.#view.now();
  }
}
