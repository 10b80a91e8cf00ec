import { type FaultReporter, openForMs } from '../open-for.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { DEFAULT_POLICY, type Settings } from '../settings.js';
import type { Terms } from './change/change.js';
import type { View } from './view.js';
import { VotesPolicy } from './votes.js';

/**
 * What this process brings along to one commit, the same however often its changes are applied: chance is drawn once, and a fault of
 * a user's function told once.
 */
export class TermsOfCommit implements FaultReporter {
  readonly #settings: Settings;
  readonly #highestEpoch: number;
  readonly #random: () => number;
  readonly #faults: FaultReporter;
  readonly #drawn: number[] = [];
  readonly #reported = new Set<string>();

  constructor(
    settings: Settings,
    { highestEpoch, random }: Pick<View, 'highestEpoch' | 'random'>,
    faults: FaultReporter,
  ) {
    this.#settings = settings;
    this.#highestEpoch = highestEpoch;
    this.#random = random;
    this.#faults = faults;
  }

  /** Applies changes; where the policy of the user's throws, with the default policy in its place. */
  apply<T>(changes: (terms: Terms) => T): T {
    const { sharing, policy } = this.#settings;
    try {
      return changes(this.#terms(sharing?.kind === 'trips' ? new VotesPolicy(sharing.quorum) : policy));
    } catch (error) {
      this.report(error, 'trip');
      return changes(this.#terms(DEFAULT_POLICY));
    }
  }

  report(error: unknown, source: string): void {
    if (this.#reported.has(source)) return;
    this.#reported.add(source);
    this.#faults.report(error, source);
  }

  #terms(policy: TripPolicy): Terms {
    const { maxTrials, successThreshold, resetTimeoutMs, sharing } = this.#settings;
    const random = this.#replaying();
    return {
      rules: {
        policy,
        maxTrials,
        successThreshold,
        openForMs: (trips) => openForMs(resetTimeoutMs, trips, random, this),
      },
      hearingMs: sharing?.kind === 'outcomes' ? sharing.hearingMs : 0,
      highestEpoch: this.#highestEpoch,
    };
  }

  /** Chance that gives again what it gave the last time. */
  #replaying(): () => number {
    let next = 0;
    return () => {
      const index = next++;
      this.#drawn[index] ??= this.#random();
      return this.#drawn[index];
    };
  }
}
