import { failuresIn } from '../circuit/closed.js';
import type { Settings } from '../settings.js';
import { Timer } from '../timer.js';
import type { Evidence } from './change/report.js';
import { Gathered } from './gathered.js';
import type { FleetRecord } from './record.js';
import type { Reporter } from './reporter.js';
import type { OutcomeSharing } from './sharing.js';
import type { View } from './view.js';

/** Flushes are spread, lest a fleet that fails together speaks at once. */
const FLUSH_SPREAD = 0.2;
/** Witnesses are spread over so much of a hearing: the first one's word spares the others theirs. */
const WITNESS_SPREAD = 0.25;

/**
 * Reports outcomes: failures and slow calls when they have waited a moment and no success has cancelled them, successes when the
 * fleet holds a hearing, and at the end of a hearing that this process has opened, whatever there is.
 */
export class OutcomeReporter implements Reporter {
  readonly #settings: () => Settings;
  readonly #sharing: OutcomeSharing;
  readonly #view: View;
  readonly #onDue: () => void;
  #policyKey: string;
  #gathered: Gathered;
  #isDue = false;
  /** When the fleet's hearing ends or has ended, where there is one. */
  #hearingEndsAt: number | undefined = undefined;
  #flushTimer: Timer | undefined = undefined;
  #witnessTimer: Timer | undefined = undefined;
  #endTimer: Timer | undefined = undefined;
  /** When the hearing ends that this process has opened. */
  #openedUntilAt: number | undefined = undefined;

  constructor(settings: () => Settings, sharing: OutcomeSharing, view: View, onDue: () => void) {
    this.#settings = settings;
    this.#sharing = sharing;
    this.#view = view;
    this.#onDue = onDue;
    this.#policyKey = settings().policy.key;
    this.#gathered = new Gathered(settings().policy);
  }

  success(isSlow: boolean, now: number): void {
    this.#gathered.addSuccess(isSlow, now);
    if (isSlow) this.#flushSoon();
    if (this.#hearingEndsAt !== undefined) this.#speakAsWitness();
  }

  failure(isSlow: boolean, now: number): void {
    this.#gathered.addFailure(isSlow, now);
    this.#flushSoon();
  }

  ownCircuitOpened(): void {}

  viewChanged(before: FleetRecord | undefined, hasNewEpoch: boolean): void {
    const { record } = this.#view;
    this.#hearingEndsAt = record?.state === 'closed' ? record.hearingEndsAt : undefined;
    if (hasNewEpoch) this.stop();
    else if (this.#hasStreakBegun(before)) this.#gathered.dropSuccesses();
    if (this.#hearingEndsAt !== this.#openedUntilAt) this.#forgetHearing();
    this.#speakAsWitness();
  }

  take(): Evidence | undefined {
    if (!this.#isDue) return undefined;
    const tallies = this.#gathered.tallies(this.#policyTime());
    this.#isDue = false;
    this.#gathered.clear();
    this.#flushTimer?.cancel();
    this.#witnessTimer?.cancel();
    this.#flushTimer = this.#witnessTimer = undefined;
    return { tallies };
  }

  committed(hearingEndsAt: number | undefined): void {
    this.#openedUntilAt ??= hearingEndsAt;
    this.#endTimer?.cancel();
    if (this.#openedUntilAt === undefined || this.#openedUntilAt !== this.#hearingEndsAt) {
      this.#openedUntilAt = undefined;
    } else {
      const leftMs = Math.max(1, this.#openedUntilAt - this.#view.storageTime());
      this.#endTimer = this.#timer(leftMs, () => this.#due());
    }
  }

  flush(): void {
    if (this.#gathered.hasTrouble) this.#flushGathered();
  }

  reconfigure(): void {
    const { policy } = this.#settings();
    if (policy.key === this.#policyKey) return;
    this.stop();
    this.#policyKey = policy.key;
    this.#gathered = new Gathered(policy);
  }

  stop(): void {
    this.#isDue = false;
    this.#gathered.clear();
    this.#flushTimer?.cancel();
    this.#witnessTimer?.cancel();
    this.#flushTimer = this.#witnessTimer = undefined;
    this.#forgetHearing();
  }

  /** Failures that a success has cancelled since need not be told. */
  #flushGathered(): void {
    this.#flushTimer?.cancel();
    this.#flushTimer = undefined;
    if (this.#gathered.hasTrouble && this.#leavesTrace()) this.#due();
  }

  /** Whether a fleet that remembers nothing would remember it. A window always does. */
  #leavesTrace(): boolean {
    const { policy } = this.#settings();
    if (policy.windowMs !== undefined) return true;
    try {
      const memory = this.#gathered.tallies(0).reduce((sum, tally) => policy.record(sum, tally, 0), policy.initial());
      return JSON.stringify(memory) !== JSON.stringify(policy.initial());
    } catch {
      return true; // the commit meets the fault again, and tells it
    }
  }

  #flushSoon(): void {
    this.#flushTimer ??= this.#timer(this.#flushDelayMs(), () => this.#flushGathered());
  }

  #speakAsWitness(): void {
    const leftMs = this.#hearingLeftMs;
    if (leftMs === undefined || !this.#gathered.hasSuccesses(this.#policyTime())) return;
    const longestMs = Math.min(this.#sharing.hearingMs * WITNESS_SPREAD, leftMs / 2);
    this.#witnessTimer ??= this.#timer(this.#settings().random() * longestMs, () => {
      this.#witnessTimer = undefined;
      if (this.#hearingLeftMs !== undefined) this.#due();
    });
  }

  #forgetHearing(): void {
    this.#openedUntilAt = undefined;
    this.#endTimer?.cancel();
    this.#endTimer = undefined;
  }

  #due(): void {
    this.#isDue = true;
    this.#onDue();
  }

  /** What is left of the hearing that is on; `undefined` where none is. */
  get #hearingLeftMs(): number | undefined {
    const endsAt = this.#hearingEndsAt;
    if (endsAt === undefined) return undefined;
    const leftMs = endsAt - this.#view.storageTime();
    return leftMs > 0 ? leftMs : undefined;
  }

  /** For failures in a row, successes of before the row began, or last shrank, say nothing against it. */
  #hasStreakBegun(before: FleetRecord | undefined): boolean {
    if (this.#settings().policy.windowMs !== undefined) return false;
    const was = this.#streakIn(before);
    const is = this.#streakIn(this.#view.record);
    return is < was || (is > 0 && was === 0);
  }

  #streakIn(record: FleetRecord | undefined): number {
    const { policy } = this.#settings();
    if (record?.state !== 'closed') return 0;
    try {
      return failuresIn(record, 0, policy);
    } catch {
      return 0;
    }
  }

  #policyTime(): number {
    return this.#settings().policy.windowMs === undefined ? 0 : this.#view.now();
  }

  #flushDelayMs(): number {
    return this.#sharing.flushIntervalMs * (1 + FLUSH_SPREAD * this.#settings().random());
  }

  #timer(ms: number, run: () => void): Timer {
    return new Timer(this.#settings().clock, run, ms);
  }
}
