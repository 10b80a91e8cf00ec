import { type FaultReporter, openForMs } from '../open-for.js';
import type { TripPolicy } from '../policy/trip-policy.js';
import { DEFAULT_POLICY, type Settings } from '../settings.js';
import type { Terms, WithTerms } from './change/change.js';
import type { View } from './view.js';
import { VotesPolicy } from './votes.js';

/**
 * What this process brings along to one commit, the same however often its changes are applied: chance is drawn once, and a fault of
 * a user's function told once.
 */
export function termsOfCommit(
  { maxTrials, successThreshold, resetTimeoutMs, sharing, policy }: Settings,
  { highestEpoch, random }: Pick<View, 'highestEpoch' | 'random'>,
  faults: FaultReporter,
): WithTerms {
  const drawn: number[] = [];
  const told = new Set<string>();
  const once: FaultReporter = {
    report(error, source) {
      if (!told.has(source)) faults.report(error, source);
      told.add(source);
    },
  };
  const termsBy = (trip: TripPolicy): Terms => {
    let draws = 0;
    const replayed = () => {
      const draw = draws++;
      drawn[draw] ??= random();
      return drawn[draw];
    };
    const openFor = (trips: number) => openForMs(resetTimeoutMs, trips, replayed, once);
    return {
      rules: { policy: trip, maxTrials, successThreshold, openForMs: openFor },
      hearingMs: sharing?.kind === 'outcomes' ? sharing.hearingMs : 0,
      highestEpoch,
    };
  };
  return (apply) => {
    try {
      return apply(termsBy(sharing?.kind === 'trips' ? new VotesPolicy(sharing.quorum) : policy));
    } catch (error) {
      once.report(error, 'trip');
      return apply(termsBy(DEFAULT_POLICY));
    }
  };
}
