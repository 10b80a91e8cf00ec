import type { CircuitBreaker, FailureEvent, StateChangeEvent } from '@breaker/core';

/** Knows which error opened a process's own circuit: core tells of the failure right before it tells of the change. */
export class TripErrors {
  readonly #errors = new WeakMap<CircuitBreaker, unknown>();

  hear({ breaker, error }: FailureEvent): void {
    // The breaker shows the new state already.
    if (breaker.state === 'open') this.#errors.set(breaker, error);
  }

  /** The error that caused the change; `undefined` where none did. */
  take({ breaker, reason, scope }: StateChangeEvent): unknown {
    const error = this.#errors.get(breaker);
    this.#errors.delete(breaker);
    return scope === 'process' && (reason === 'tripped' || reason === 'trial-failed') ? error : undefined;
  }
}
