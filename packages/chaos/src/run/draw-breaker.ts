import type { BreakerSettings } from '../member/member-settings.js';
import type { Dice } from './dice.js';

/** Times so short that much happens in a minute. */
const TIMES: BreakerSettings = { resetTimeoutMs: 100, trialTimeoutMs: 400, syncIntervalMs: 1_000 };

/** Most of them as they are by default. */
const KINDS: readonly BreakerSettings[] = [
  {},
  {},
  {},
  {},
  { shareTrips: { quorum: 2 } },
  { failureRate: { threshold: 0.5, windowMs: 2_000, minimumCalls: 10 } },
];

/** The options that all breakers of a run have. */
export function drawBreaker(dice: Dice): BreakerSettings {
  return { ...TIMES, ...dice.pick(KINDS), maxTrials: dice.between(1, 3), successThreshold: dice.between(1, 3) };
}
