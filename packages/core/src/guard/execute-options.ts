import { checkFunction, checkKeys, checkSignal } from '../check.js';

/** The options of one `execute`. */
export interface ExecuteOptions {
  /** The caller's own signal: when it aborts, the call is ignored, and rejects at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Gives the value in place of a rejection, a timeout or a failure. Excluded and ignored errors, and the caller's abort,
   * pass it by; what it throws, the caller gets.
   */
  readonly fallback?: ((error: unknown) => unknown) | undefined;
}

/** The options of one `executeSync`. */
export type ExecuteSyncOptions = Pick<ExecuteOptions, 'fallback'>;

/** The options of one `acquire`. */
export type AcquireOptions = Pick<ExecuteOptions, 'signal'>;

/** Those of a call that gives none: the hot path knows them by that, and need not look into them. */
export const NO_OPTIONS: ExecuteOptions = Object.freeze({});

/** Checks the options of a call, of which only those named are known. */
export function checkCallOptions(options: ExecuteOptions, known: readonly (keyof ExecuteOptions)[]): void {
  if (options === NO_OPTIONS) return;
  checkKeys('options', options, known);
  if (options.signal !== undefined) checkSignal('signal', options.signal);
  if (options.fallback !== undefined) checkFunction('fallback', options.fallback);
}
