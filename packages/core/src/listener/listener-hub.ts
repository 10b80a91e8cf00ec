import type { BreakerEvent, BreakerEventType } from './breaker-event.js';
import type { CircuitListener } from './circuit-listener.js';
import { notify, type OnListenerFault } from './notify.js';

const CALL_EVENTS = ['before-call', 'success', 'failure', 'ignore'] as const;

/** A breaker's listeners, and the events that wait for them. */
export class ListenerHub {
  #listeners: readonly CircuitListener[] = [];
  #wanted = wantedBy([]);
  /** Whether somebody listens to the calls themselves. */
  wantsCalls = false;
  #waiting: BreakerEvent[] = [];
  #isTelling = false;
  readonly #onFault: OnListenerFault;

  constructor(onFault: OnListenerFault) {
    this.#onFault = onFault;
  }

  add(listener: CircuitListener): void {
    this.#replace([...this.#listeners.filter((other) => other !== listener), listener]);
  }

  remove(listener: CircuitListener): void {
    this.#replace(this.#listeners.filter((other) => other !== listener));
  }

  /** Whether somebody listens to that kind: else its events need not be made. */
  wants(type: BreakerEventType): boolean {
    return this.#wanted[type];
  }

  /** Whether events wait to be told. */
  get hasNews(): boolean {
    return this.#waiting.length > 0;
  }

  enqueue(event: BreakerEvent): void {
    this.#waiting.push(event);
  }

  /** Tells what waits, in order. What a listener causes meanwhile is told after the event at hand. */
  deliver(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    try {
      while (this.hasNews) notify(this.#listeners, this.#waiting.shift() as BreakerEvent, this.#onFault);
    } finally {
      this.#isTelling = false;
    }
  }

  #replace(listeners: readonly CircuitListener[]): void {
    this.#listeners = listeners;
    this.#wanted = wantedBy(listeners);
    this.wantsCalls = CALL_EVENTS.some((type) => this.wants(type));
  }
}

function wantedBy(listeners: readonly CircuitListener[]): Readonly<Record<BreakerEventType, boolean>> {
  const wants = (method: keyof CircuitListener) =>
    listeners.some((listener) => listener.onEvent !== undefined || listener[method] !== undefined);
  return {
    'before-call': wants('onBeforeCall'),
    success: wants('onSuccess'),
    failure: wants('onFailure'),
    ignore: wants('onIgnore'),
    reject: wants('onReject'),
    'state-change': wants('onStateChange'),
    'storage-degraded': wants('onStorageDegraded'),
    'storage-recovered': wants('onStorageRecovered'),
    'listener-error': wants('onListenerError'),
  };
}
