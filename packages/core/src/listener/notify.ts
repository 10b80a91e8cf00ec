import { isPromiseLike } from '../promise-like.js';
import type { BreakerEvent, BreakerEventType } from './breaker-event.js';
import type { CircuitListener } from './circuit-listener.js';

/** The method of each kind of event. */
export const METHODS = {
  'before-call': 'onBeforeCall',
  success: 'onSuccess',
  failure: 'onFailure',
  ignore: 'onIgnore',
  reject: 'onReject',
  'state-change': 'onStateChange',
  'storage-degraded': 'onStorageDegraded',
  'storage-recovered': 'onStorageRecovered',
  'listener-error': 'onListenerError',
} as const satisfies Record<BreakerEventType, keyof CircuitListener>;

/** Takes what a listener's method threw or rejected with. */
export type OnListenerFault = (error: unknown, method: keyof CircuitListener, event: BreakerEvent) => void;

/** Tells every listener; whatever one of them does, the others and the caller go on. */
export function notify(listeners: readonly CircuitListener[], event: BreakerEvent, onFault: OnListenerFault): void {
  for (const listener of listeners) {
    tell(listener, METHODS[event.type], event, onFault);
    tell(listener, 'onEvent', event, onFault);
  }
}

function tell(
  listener: CircuitListener,
  method: keyof CircuitListener,
  event: BreakerEvent,
  onFault: OnListenerFault,
): void {
  try {
    // By its name, as most listeners lack it: engines remember that, which takes a tenth off a call that is listened to.
    const hear = method === 'onEvent' ? listener.onEvent : listener[method];
    const answer = (hear as ((event: BreakerEvent) => unknown) | undefined)?.call(listener, event);
    if (isPromiseLike(answer)) answer.then(undefined, (error: unknown) => onFault(error, method, event));
  } catch (error) {
    onFault(error, method, event);
  }
}
