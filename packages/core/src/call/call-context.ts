/** What a guarded function is given. */
export interface CallContext {
  /** Aborted when the caller aborts, the call times out, or a trial reaches its deadline. */
  readonly signal: AbortSignal;
}

/** Makes the signal when it is first read: most functions never do, and it costs more than the whole call. */
export class LazyCallContext implements CallContext {
  #source: AbortController | { readonly reason: unknown } | undefined = undefined;

  get signal(): AbortSignal {
    const source = this.#source;
    if (source instanceof AbortController) return source.signal;
    const controller = new AbortController();
    if (source !== undefined) controller.abort(source.reason);
    this.#source = controller;
    return controller.signal;
  }

  abort(reason: unknown): void {
    if (this.#source instanceof AbortController) this.#source.abort(reason);
    else this.#source = { reason };
  }
}

/**
 * Stands for the context of a plain call while its function runs: to note the call's own would cost more than making it. A
 * plain call is never aborted, so that one which joins it can have a context of its own.
 */
export const PLAIN_CONTEXT: CallContext = new LazyCallContext();
