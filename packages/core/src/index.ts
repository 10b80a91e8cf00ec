export type { CallContext } from './call/call-context.js';
export type { CallCounts } from './call/counts.js';
export type { ErrorMatcher } from './call/error-matcher.js';
export type { Classify, ErrorOutcome, Outcome, ValueOutcome, Verdict } from './call/outcome.js';
export type { CircuitState } from './circuit/circuit.js';
export { CircuitBreaker } from './circuit-breaker.js';
export type { Clock } from './clock.js';
export { CircuitBreakerError } from './errors/circuit-breaker-error.js';
export { CircuitOpenError, type CircuitOpenErrorFacts, type RejectionReason } from './errors/circuit-open-error.js';
export { CircuitStorageError, type CircuitStorageErrorFacts } from './errors/circuit-storage-error.js';
export { CircuitTimeoutError } from './errors/circuit-timeout-error.js';
export { CircuitTrippedError } from './errors/circuit-tripped-error.js';
export {
  type OutcomeSharing,
  type ShareOutcomesOptions,
  type ShareTripsOptions,
  type Sharing,
  shareOutcomes,
  shareTrips,
  type TripSharing,
} from './fleet/sharing.js';
export type { GuardDecorator } from './guard/decorator.js';
export type { Deferred } from './guard/deferred.js';
export type { AcquireOptions, ExecuteOptions, ExecuteSyncOptions } from './guard/execute-options.js';
export type { Permit, Settlement } from './guard/permit.js';
export type {
  BeforeCallEvent,
  BreakerEvent,
  BreakerEventType,
  FailureEvent,
  IgnoreEvent,
  ListenerErrorEvent,
  RejectEvent,
  StateChangeEvent,
  StateChangeReason,
  StorageDegradedEvent,
  StorageRecoveredEvent,
  SuccessEvent,
} from './listener/breaker-event.js';
export type { CircuitListener } from './listener/circuit-listener.js';
export type { ChangeableOptions, CircuitBreakerOptions, ResetTimeout, ResolvedOptions } from './options.js';
export { consecutiveFailures } from './policy/consecutive-failures.js';
export { type ExponentialBackoffOptions, exponentialBackoff } from './policy/exponential-backoff.js';
export { type FailureCountOptions, failureCount } from './policy/failure-count.js';
export { type FailureRateOptions, failureRate } from './policy/failure-rate.js';
export { type CallRing, type LastCallsOptions, lastCalls } from './policy/last-calls.js';
export type { TimeWindow } from './policy/time-window.js';
export type { Tally, TripPolicy } from './policy/trip-policy.js';
export {
  CircuitBreakerRegistry,
  type CircuitBreakerRegistryOptions,
  type RegistryBreakerOptions,
} from './registry.js';
export type { CircuitSnapshot } from './snapshot.js';
export type {
  CircuitRecord,
  CircuitStorage,
  RecordChange,
  StorageFault,
  StoredRecord,
} from './storage/circuit-storage.js';
export { MemoryStorage, type MemoryStorageOptions } from './storage/memory-storage.js';
