import type { CircuitState } from '../circuit/circuit.js';
import type { CircuitBreaker } from '../circuit-breaker.js';
import type { RejectionReason } from '../errors/circuit-open-error.js';

/** Everything that a breaker tells its listeners, told apart by `type`. */
export type BreakerEvent =
  | BeforeCallEvent
  | SuccessEvent
  | FailureEvent
  | IgnoreEvent
  | RejectEvent
  | StateChangeEvent
  | StorageDegradedEvent
  | StorageRecoveredEvent
  | ListenerErrorEvent;

/** What happened. */
export type BreakerEventType = BreakerEvent['type'];

/** What every event tells. */
export interface EventBase {
  readonly breaker: CircuitBreaker;
  /** The name of the breaker. */
  readonly circuit: string;
  /** The epoch that it belongs to: for an outcome the one in which the call was admitted. */
  readonly epoch: number;
  /** When it happened, by the breaker's clock. */
  readonly at: number;
}

/** A call has been admitted and is about to be made. */
export interface BeforeCallEvent extends EventBase {
  readonly type: 'before-call';
  readonly trial: boolean;
}

interface OutcomeEventBase extends EventBase {
  /** How long the call took, in milliseconds; of a call that began before anybody asked for times, only the time since. */
  readonly durationMs: number;
  readonly trial: boolean;
  /** The circuit had gone on without it: it counts in `counts`, and changed nothing else. */
  readonly late: boolean;
  /** It took longer than the trip policy's `slowCallMs`. */
  readonly slow: boolean;
  /** What the call gave, where it gave something. */
  readonly value?: unknown;
  /** What the call threw, where it threw. */
  readonly error?: unknown;
}

/** A call counts as a success: it gave a value, or threw an excluded error. */
export interface SuccessEvent extends OutcomeEventBase {
  readonly type: 'success';
}

/** A call counts as a failure: it threw, timed out, or gave a value that `classify` calls a failure. */
export interface FailureEvent extends OutcomeEventBase {
  readonly type: 'failure';
}

/** A call counts as neither: it was aborted by its caller, left early, or says nothing about the dependency. */
export interface IgnoreEvent extends OutcomeEventBase {
  readonly type: 'ignore';
}

/** A call was not made. */
export interface RejectEvent extends EventBase {
  readonly type: 'reject';
  readonly reason: RejectionReason;
  readonly retryAfterMs: number | undefined;
}

/**
 * - `tripped`: the trip policy says so, or enough processes do;
 * - `trial-failed`, `trial-succeeded`: of half-open, as the rules say;
 * - `trial-due`: open is over, and a call is the first trial;
 * - `manual`: somebody ruled by hand;
 * - `adopted`: another process of the fleet made the change, or this one has let go of the storage.
 */
export type StateChangeReason = 'tripped' | 'trial-failed' | 'trial-due' | 'trial-succeeded' | 'manual' | 'adopted';

/** `breaker.state` has changed. */
export interface StateChangeEvent extends EventBase {
  readonly type: 'state-change';
  readonly from: CircuitState;
  readonly to: CircuitState;
  /** Whose circuit changed: this process's own, or the one that the fleet shares. */
  readonly scope: 'process' | 'fleet';
  /** Whether this process made the change, or another one of the fleet. */
  readonly origin: 'local' | 'remote';
  readonly reason: StateChangeReason;
}

export type Scope = StateChangeEvent['scope'];

/** The storage failed, and this process goes on alone. */
export interface StorageDegradedEvent extends EventBase {
  readonly type: 'storage-degraded';
  readonly error: unknown;
}

/** The storage answers again. */
export interface StorageRecoveredEvent extends EventBase {
  readonly type: 'storage-recovered';
}

/** A function of the user's threw, and was passed over. */
export interface ListenerErrorEvent extends EventBase {
  readonly type: 'listener-error';
  readonly error: unknown;
  /** Which function: a listener's method, or the option that it was given as. */
  readonly source: string;
}
