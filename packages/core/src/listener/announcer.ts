import type { CallAdmission } from '../call/call-admission.js';
import type { Outcome, Verdict } from '../call/outcome.js';
import type { Circuit } from '../circuit/circuit.js';
import type { CircuitBreaker } from '../circuit-breaker.js';
import type { CircuitOpenError } from '../errors/circuit-open-error.js';
import type { BreakerEvent, BreakerEventType, EventBase, StateChangeEvent } from './breaker-event.js';
import { ListenerHub } from './listener-hub.js';
import type { OnListenerFault } from './notify.js';

/** What a change of state does not tell by itself. */
export type StateChangeFacts = Pick<StateChangeEvent, 'epoch' | 'scope' | 'origin' | 'reason'>;

/** What events of a type tell beside what all of them do. */
type FactsOf<T extends BreakerEventType> = Omit<Extract<BreakerEvent, { readonly type: T }>, keyof EventBase | 'type'>;

/** Makes a breaker's events, of the kinds that somebody listens to. They wait until `deliver`. */
export class Announcer extends ListenerHub {
  readonly #breaker: CircuitBreaker;
  readonly #now: () => number;

  constructor(breaker: CircuitBreaker, now: () => number) {
    super();
    this.#breaker = breaker;
    this.#now = now;
  }

  beforeCall({ epoch, isTrial: trial }: CallAdmission, at: number): void {
    if (!this.wants('before-call')) return;
    const breaker = this.#breaker;
    this.enqueue({ type: 'before-call', breaker, circuit: breaker.name, epoch, at, trial });
  }

  /** @param endedAt - when the call ended, where somebody asked for it then */
  outcome(
    type: Verdict,
    outcome: Outcome,
    { epoch, isTrial: trial }: CallAdmission,
    late: boolean,
    slow: boolean,
    endedAt: number | undefined,
  ): void {
    if (!this.wants(type)) return;
    const breaker = this.#breaker;
    const circuit = breaker.name;
    const at = endedAt ?? this.#now();
    const { durationMs } = outcome;
    // In full, not spread: there is one of them for every call, and to spread objects costs more than the call.
    this.enqueue(
      outcome.threw
        ? { type, breaker, circuit, epoch, at, durationMs, trial, late, slow, error: outcome.error }
        : { type, breaker, circuit, epoch, at, durationMs, trial, late, slow, value: outcome.value },
    );
  }

  reject({ reason, retryAfterMs }: CircuitOpenError, epoch: number): void {
    this.#announce('reject', epoch, { reason, retryAfterMs });
  }

  stateChange(from: Circuit, to: Circuit, { epoch, ...facts }: StateChangeFacts): void {
    this.#announce('state-change', epoch, { from: from.state, to: to.state, ...facts });
  }

  storageDegraded(error: unknown, epoch: number): void {
    this.#announce('storage-degraded', epoch, { error });
  }

  storageRecovered(epoch: number): void {
    this.#announce('storage-recovered', epoch, {});
  }

  /** A function of the user's threw. */
  fault(error: unknown, source: string, epoch: number): void {
    if (this.wants('listener-error')) this.#announce('listener-error', epoch, { error, source });
    else logFault(this.#breaker.name, error, source);
  }

  protected override readonly onFault: OnListenerFault = (error, method, event) => {
    if (event.type === 'listener-error') logFault(event.circuit, error, method);
    else this.fault(error, method, event.epoch);
    this.deliver();
  };

  #announce<T extends BreakerEventType>(type: T, epoch: number, facts: FactsOf<T>): void {
    if (!this.wants(type)) return;
    const breaker = this.#breaker;
    const event = { type, breaker, circuit: breaker.name, epoch, at: this.#now(), ...facts };
    this.enqueue(event as BreakerEvent);
  }
}

/** The last resort for a fault that no listener takes: nothing is lost, and nothing breaks. */
export function logFault(circuit: string, error: unknown, source: string): void {
  try {
    console.error(`Circuit "${circuit}": ${source} threw, and was passed over:`, error);
  } catch {
    // Tests replace console.error by what throws: a call must not hang by that.
  }
}
