import { admitInTime, type Decision, ignoreUnmade } from '../admit.js';
import type { Verdict } from '../call/outcome.js';
import { checkKeys } from '../check.js';
import { disposeSymbol } from '../dispose-symbols.js';
import { CircuitBreakerError } from '../errors/circuit-breaker-error.js';
import { rejectedWith } from '../rejected.js';
import type { Shell } from '../shell.js';
import { Call } from './call.js';
import { type AcquireOptions, checkCallOptions } from './execute-options.js';

/** What became of the guarded work: what it gave, or what it threw. */
export type Settlement = { readonly value: unknown } | { readonly error: unknown };

/**
 * An admitted call in two steps: do the work, then say how it went. The first word counts; leaving the scope of `using`
 * without one is a failure. As a trial it fails at its deadline; while closed it holds nothing.
 */
export interface Permit extends Disposable {
  /** Aborted when the caller aborts, or a trial reaches its deadline. */
  readonly signal: AbortSignal;
  /** Whether this is a trial of a half-open circuit. */
  readonly trial: boolean;
  /** Says that the dependency works. */
  succeed(): void;
  /** Says that the dependency failed. */
  fail(error?: unknown): void;
  /** Says nothing about the dependency; a trial frees its place. */
  ignore(): void;
  /**
   * Lets the breaker judge, by its options, and says how it did.
   *
   * @throws TypeError where it is given neither a value nor an error, or both
   */
  settle(settlement: Settlement): Verdict;
}

/** Asks for a permit. */
export function acquire(shell: Shell, options: AcquireOptions): Promise<Permit> {
  try {
    checkCallOptions(options, ['signal']);
    const { signal } = options;
    if (signal?.aborted) {
      ignoreUnmade(shell, signal.reason);
      return rejectedWith(signal.reason);
    }
    const decision = admitInTime(shell, signal);
    return decision instanceof Promise
      ? decision.then((made) => permitFor(shell, made, signal))
      : permitFor(shell, decision, signal);
  } catch (error) {
    return rejectedWith(error);
  }
}

function permitFor(shell: Shell, decision: Decision, signal: AbortSignal | undefined): Promise<Permit> {
  if (decision instanceof Error) return rejectedWith(decision);
  const call = new Call(shell, decision);
  call.watch(signal, decision.trialLeftMs());
  return Promise.resolve(new CallPermit(call));
}

class CallPermit implements Permit {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  get signal(): AbortSignal {
    return this.#call.context.signal;
  }

  get trial(): boolean {
    return this.#call.admission.isTrial;
  }

  succeed(): void {
    this.#call.gave(undefined, 'success');
  }

  fail(error?: unknown): void {
    this.#call.threw(error, 'failure');
  }

  ignore(): void {
    this.#call.gave(undefined, 'ignore');
  }

  settle(settlement: Settlement): Verdict {
    checkKeys('settlement', settlement, ['value', 'error']);
    const hasError = 'error' in settlement;
    if (hasError === 'value' in settlement) {
      throw new TypeError(`settlement must have either a value or an error, but has ${hasError ? 'both' : 'neither'}`);
    }
    if (hasError) this.#call.threw(settlement.error);
    else this.#call.gave(settlement.value);
    return this.#call.verdict as Verdict;
  }

  [disposeSymbol](): void {
    if (this.#call.verdict !== undefined) return;
    this.fail(
      new CircuitBreakerError(this.#call.shell.name, 'The scope of a permit was left without a word on how it went'),
    );
  }
}
