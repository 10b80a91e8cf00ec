import { checkDurationOrZeroMs } from './check.js';
import { DEFAULT_RESET_TIMEOUT_MS, type ResetTimeout } from './options.js';
import { disown } from './promise-like.js';

/** Takes what a function of the user's threw, and the option that it was given as. */
export interface FaultReporter {
  report(error: unknown, source: string): void;
}

/** How long a circuit stays open after so many trips; the default, where a function of the user's does not say. */
export function openForMs(
  resetTimeoutMs: ResetTimeout,
  trips: number,
  random: () => number,
  faults: FaultReporter,
): number {
  if (typeof resetTimeoutMs === 'number') return resetTimeoutMs;
  try {
    const ms = resetTimeoutMs(trips, random);
    disown(ms);
    checkDurationOrZeroMs('what resetTimeoutMs gives', ms);
    return ms;
  } catch (error) {
    faults.report(error, 'resetTimeoutMs');
    return DEFAULT_RESET_TIMEOUT_MS;
  }
}
