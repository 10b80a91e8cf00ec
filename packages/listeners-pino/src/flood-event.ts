import type { FailureEvent, IgnoreEvent, ListenerErrorEvent, RejectEvent } from '@breaker/core';

/** What may happen with every call while something is down. */
export type FloodEvent = FailureEvent | IgnoreEvent | RejectEvent | ListenerErrorEvent;
