import type {
  BeforeCallEvent,
  BreakerEvent,
  FailureEvent,
  IgnoreEvent,
  ListenerErrorEvent,
  RejectEvent,
  StateChangeEvent,
  StorageDegradedEvent,
  StorageRecoveredEvent,
  SuccessEvent,
} from './breaker-event.js';

/**
 * An object with any of these methods. They are called synchronously, after the fact: the breaker already shows the new
 * state. What one throws, or rejects with, changes nothing for the call and goes to `onListenerError`, or to
 * `console.error` where none listens.
 */
export interface CircuitListener {
  /** A call has been admitted and is about to be made. */
  onBeforeCall?(event: BeforeCallEvent): unknown;
  /** A call counts as a success. */
  onSuccess?(event: SuccessEvent): unknown;
  /** A call counts as a failure. */
  onFailure?(event: FailureEvent): unknown;
  /** A call counts as neither. */
  onIgnore?(event: IgnoreEvent): unknown;
  /** A call was not made. */
  onReject?(event: RejectEvent): unknown;
  /** Told after the outcome that caused it. */
  onStateChange?(event: StateChangeEvent): unknown;
  /** The storage failed, and this process goes on alone. */
  onStorageDegraded?(event: StorageDegradedEvent): unknown;
  /** The storage answers again. */
  onStorageRecovered?(event: StorageRecoveredEvent): unknown;
  /** A listener, predicate, classifier, policy or `resetTimeoutMs` threw. */
  onListenerError?(event: ListenerErrorEvent): unknown;
  /** Every event, after the method of its own. */
  onEvent?(event: BreakerEvent): unknown;
}
