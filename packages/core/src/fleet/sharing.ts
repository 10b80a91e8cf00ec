import { checkCount, checkDurationOrZeroMs, checkOptions, optional, refuse } from '../check.js';

/** What the processes of a fleet tell each other, and so when their circuit trips. */
export type Sharing = OutcomeSharing | TripSharing;

/** See `shareOutcomes`. */
export interface OutcomeSharing {
  readonly kind: 'outcomes';
  readonly flushIntervalMs: number;
  readonly hearingMs: number;
}

/** See `shareTrips`. */
export interface TripSharing {
  readonly kind: 'trips';
  readonly quorum: number;
}

/** The options of `shareOutcomes`. */
export interface ShareOutcomesOptions {
  /**
   * How long failures are gathered before they are sent, in milliseconds, at least 0, and up to a fifth longer by chance. Those
   * that a success cancels meanwhile are never sent. Default: 50.
   */
  readonly flushIntervalMs?: number | undefined;
  /**
   * How long the fleet waits for somebody who can still say that calls succeed, before it trips: in milliseconds, at least 0 (it
   * does not wait). Default: 150.
   */
  readonly hearingMs?: number | undefined;
}

/** The options of `shareTrips`. */
export interface ShareTripsOptions {
  /** How many processes must have opened their own circuits: an integer of at least 1. Default: 1. */
  readonly quorum?: number | undefined;
}

const OUTCOMES = optional<ShareOutcomesOptions>({
  flushIntervalMs: checkDurationOrZeroMs,
  hearingMs: checkDurationOrZeroMs,
});

const TRIPS = optional<ShareTripsOptions>({ quorum: checkCount });

/**
 * The fleet's circuit trips when the trip policy says so of everyone's outcomes together, and nobody can be found for whom calls
 * still succeed. The policy must be mergeable.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function shareOutcomes(options: ShareOutcomesOptions = {}): OutcomeSharing {
  checkOptions(options, OUTCOMES, 'shareOutcomes: ');
  const { flushIntervalMs = 50, hearingMs = 150 } = options;
  return Object.freeze<OutcomeSharing>({ kind: 'outcomes', flushIntervalMs, hearingMs });
}

/**
 * The fleet's circuit trips when so many processes have opened their own. With a `quorum` of 1, one process opens it for all.
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function shareTrips(options: ShareTripsOptions = {}): TripSharing {
  checkOptions(options, TRIPS, 'shareTrips: ');
  const { quorum = 1 } = options;
  return Object.freeze<TripSharing>({ kind: 'trips', quorum });
}

/** What was given, with its defaults, whoever made it. */
export function resolveSharing(name: string, value: unknown): Sharing {
  const { kind, ...options }: { kind?: unknown } = Object(value);
  if (kind === 'outcomes') return shareOutcomes(options);
  if (kind === 'trips') return shareTrips(options);
  return refuse(TypeError, name, value, 'shareOutcomes() or shareTrips()');
}
