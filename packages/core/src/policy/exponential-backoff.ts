import { type Checks, checkDurationMs, checkOptions, optional, range, refuse } from '../check.js';

/** The options of `exponentialBackoff`. */
export interface ExponentialBackoffOptions {
  /** How long the circuit stays open after the first trip, in milliseconds, above 0. */
  readonly initialMs: number;
  /** The longest it ever stays open, in milliseconds, at least `initialMs`. */
  readonly maxMs: number;
  /** What each further trip multiplies it by, at least 1. Default: 2. */
  readonly factor?: number | undefined;
  /** The part of it that chance may take away, from 0 to 1. Default: 0.2. */
  readonly jitter?: number | undefined;
}

const OPTIONS: Checks<ExponentialBackoffOptions> = {
  initialMs: checkDurationMs,
  maxMs: checkDurationMs,
  ...optional({
    factor: range('a finite number of at least 1', (factor) => Number.isFinite(factor) && factor >= 1),
    jitter: range('a part from 0 to 1', (part) => part >= 0 && part <= 1),
  }),
};

/**
 * A `resetTimeoutMs` that grows with every trip in a row: `min(maxMs, initialMs * factor ^ (trips - 1))`, less a random
 * part of at most `jitter`, so that the processes of a fleet do not try again all at once.
 *
 * Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015 (there "equal jitter" is 0.5, "full
 * jitter" 1).
 *
 * @throws TypeError or RangeError that names the option, its value and what was expected
 */
export function exponentialBackoff(
  options: ExponentialBackoffOptions,
): (trips: number, random: () => number) => number {
  checkOptions(options, OPTIONS, 'exponentialBackoff: ');
  const { initialMs, maxMs, factor = 2, jitter = 0.2 } = options;
  if (maxMs < initialMs) {
    refuse(RangeError, 'exponentialBackoff: maxMs', maxMs, `at least initialMs (${initialMs})`);
  }
  return (trips, random) => Math.min(maxMs, initialMs * factor ** (trips - 1)) * (1 - jitter * random());
}
